"""Who may act, in which role, for which unit: the people of legalcheck.toml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from ..config import Person
from ..errors import NotEntitledError
from .steps import Role


class Roster(Struct, frozen=True):
    """The people who take part in the review of drafts, each known by one name."""

    people: tuple[Person, ...] = ()

    def person(self, name: str, on: date) -> Person:
        """The person of this name, if in office on that day; else `NotEntitledError` says what to do."""
        if not self.people:
            raise NotEntitledError(
                "没有人员名册：请在送审稿所在的文件夹或者上级文件夹的 legalcheck.toml 中写明 [[people]]"
                "（姓名、单位、角色）；还没有这个文件的，用 legalcheck init 生成，其中有写法。"
            )
        for person in self.people:
            if person.name == name:
                if not person.in_office(on):
                    raise NotEntitledError(f"“{name}”在 {on} 不在任，请由在任的人员办理，或者更正名册。")
                return person
        known = "、".join(person.name for person in self.people[:8])
        raise NotEntitledError(f"人员名册中没有“{name}”，名册中有：{known}；请核对姓名，或者先写入 legalcheck.toml。")

    def entitled(
        self, name: str, on: date, roles: Sequence[Role], unit: str = "", own_unit: bool | None = None
    ) -> tuple[Person, Role]:
        """The person and the role they act in: the first of `roles` that they hold.

        `unit` is the one that drafted; see `Step.own_unit`. Raises `NotEntitledError` with the reason.
        """
        person = self.person(name, on)
        role = next((role for role in roles if role.value in person.roles), None)
        if role is None:
            raise NotEntitledError(
                f"“{name}”的角色是{_listed(person.roles)}，这一步应当由{_listed([r.value for r in roles])}办理。"
            )
        if own_unit is False and person.unit == unit:
            raise NotEntitledError(f"“{name}”属于起草单位“{unit}”，不能审核本单位起草的文件，请由其他单位的人员办理。")
        if own_unit is True and unit and person.unit != unit:
            raise NotEntitledError(f"“{name}”不属于起草单位“{unit}”，这一步应当由起草单位办理。")
        return person, role


def _listed(names: Iterable[str]) -> str:
    return "、".join(f"“{name}”" for name in names) or "（无）"
