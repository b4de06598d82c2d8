"""The state machine of one draft (review-process.md section 9): who may move it where, on what evidence."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from ..document.package import Material


class State(StrEnum):
    """Where a draft stands. The values are stored; `label` is what people read."""

    DRAFTING = "drafting"
    SUBMITTED = "submitted"
    FORMAL_CHECK = "formal_check"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    REVIEWING = "reviewing"
    CONSULTING = "consulting"
    OPINION_ISSUED = "opinion_issued"
    REVISING = "revising"
    RECHECK = "recheck"
    GATE_OPEN = "gate_open"
    DELIBERATED = "deliberated"
    SIGNED = "signed"
    REGISTERED = "registered"
    PUBLISHED = "published"
    FILED = "filed"
    IN_FORCE = "in_force"
    EVALUATING = "evaluating"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    REPEALED = "repealed"
    EXPIRED = "expired"

    @property
    def label(self) -> str:
        """The state in Chinese."""
        return _LABELS[self]


_LABELS = {
    State.DRAFTING: "起草",
    State.SUBMITTED: "已送审",
    State.FORMAL_CHECK: "形式审查",
    State.RETURNED: "退回补正",
    State.ACCEPTED: "已受理",
    State.REVIEWING: "审核中",
    State.CONSULTING: "征询论证",
    State.OPINION_ISSUED: "已出具意见",
    State.REVISING: "修改中",
    State.RECHECK: "复核",
    State.GATE_OPEN: "待审议",
    State.DELIBERATED: "已审议",
    State.SIGNED: "已签发",
    State.REGISTERED: "已登记编号",
    State.PUBLISHED: "已公布",
    State.FILED: "已备案",
    State.IN_FORCE: "施行中",
    State.EVALUATING: "评估清理",
    State.WITHDRAWN: "已撤回",
    State.REJECTED: "审议未通过",
    State.REPEALED: "已废止",
    State.EXPIRED: "已失效",
}

UNDER_REVIEW = frozenset(
    {State.ACCEPTED, State.REVIEWING, State.CONSULTING, State.OPINION_ISSUED, State.REVISING, State.RECHECK}
)
BEFORE_GATE = frozenset({State.SUBMITTED, State.FORMAL_CHECK, State.RETURNED}) | UNDER_REVIEW
ENDED = frozenset({State.WITHDRAWN, State.REJECTED, State.REPEALED, State.EXPIRED})
AFTER_GATE = frozenset(
    {State.DELIBERATED, State.SIGNED, State.REGISTERED, State.PUBLISHED, State.FILED, State.IN_FORCE, State.EVALUATING}
)

WAITS_FOR = {
    State.SUBMITTED: "受理或者退回",
    State.FORMAL_CHECK: "受理或者退回",
    State.RETURNED: "起草单位补正后重新送审",
    State.ACCEPTED: "审核人员审查",
    State.REVIEWING: "处理问题，出具意见",
    State.CONSULTING: "征询对象回复",
    State.OPINION_ISSUED: "起草单位按意见修改或者撤回",
    State.REVISING: "起草单位提交修改稿",
    State.RECHECK: "复核修改稿，出具意见",
    State.GATE_OPEN: "提请集体审议",
    State.DELIBERATED: "签发",
    State.SIGNED: "登记、编号",
    State.REGISTERED: "公布",
    State.PUBLISHED: "备案、施行",
    State.FILED: "施行",
    State.EVALUATING: "评估清理结论",
}


class Role(StrEnum):
    """What a person of the roster may act as (review-process.md section 3)."""

    DRAFTER = "起草"
    OFFICE = "办公机构"
    REVIEWER = "审核"
    HEAD = "审核负责人"
    COUNSEL = "法律顾问"
    SIGNER = "签发"


REVIEWERS = (Role.REVIEWER, Role.HEAD)


class Step(Struct, frozen=True):
    """A step that a person takes by `legalcheck record step`.

    It leads from one of `sources` to `target` (None: the state stays). One of `roles` may take it. `own_unit` says
    whether it must be a person of the drafting unit (True) or must not (False); None asks neither. `evidence` are
    materials that must have been handed in, `note` says what the note must tell ("" where none is needed).
    """

    name: str
    sources: frozenset[State]
    target: State | None
    roles: tuple[Role, ...]
    own_unit: bool | None = None
    evidence: tuple[Material, ...] = ()
    note: str = ""


# MAT-01 to MAT-04 of review-process.md section 4; the draft itself, MAT-01, is what is submitted.
MATERIALS = (Material.EXPLANATION, Material.BASIS, Material.CONSULTATION)

_STEPS = (
    Step("送审", frozenset({State.DRAFTING, State.RETURNED}), State.SUBMITTED, (Role.DRAFTER,), True),
    Step("形式审查", frozenset({State.SUBMITTED}), State.FORMAL_CHECK, (Role.OFFICE, *REVIEWERS)),
    Step(
        "退回补正",
        frozenset({State.SUBMITTED, State.FORMAL_CHECK}),
        State.RETURNED,
        (Role.OFFICE, *REVIEWERS),
        note="一次性告知缺少哪些材料、程序及其依据",
    ),
    Step(
        "受理", frozenset({State.SUBMITTED, State.FORMAL_CHECK}), State.ACCEPTED, REVIEWERS, False, evidence=MATERIALS
    ),
    Step("补充材料", frozenset({State.SUBMITTED, State.FORMAL_CHECK}) | UNDER_REVIEW, None, (Role.DRAFTER,), True),
    Step(
        "征询论证",
        frozenset({State.REVIEWING, State.RECHECK}),
        State.CONSULTING,
        REVIEWERS,
        False,
        note="征询谁、什么问题",
    ),
    Step("征询回复", frozenset({State.CONSULTING}), State.REVIEWING, REVIEWERS, False, note="回复的要点"),
    Step(
        "顾问意见",
        frozenset({State.ACCEPTED, State.REVIEWING, State.CONSULTING, State.RECHECK}),
        None,
        (Role.COUNSEL,),
        False,
        note="法律顾问、公职律师的意见",
    ),
    Step("延期", UNDER_REVIEW, None, (Role.HEAD,), False, note="延长的理由和天数，如“情况复杂，延长5个工作日”"),
    Step("紧急", BEFORE_GATE, None, (Role.HEAD,), False, note="突发事件或者上级紧急命令的依据和批准人"),
    Step("修改", frozenset({State.OPINION_ISSUED}), State.REVISING, (Role.DRAFTER,), True, note="逐条答复"),
    Step("审议通过", frozenset({State.GATE_OPEN}), State.DELIBERATED, (Role.OFFICE,), note="会议名称、日期和不同意见"),
    Step("审议后修改", frozenset({State.GATE_OPEN}), State.REVISING, (Role.OFFICE,), note="会议名称、日期和修改要求"),
    Step("审议不通过", frozenset({State.GATE_OPEN}), State.REJECTED, (Role.OFFICE,), note="会议名称、日期和理由"),
    Step("签发", frozenset({State.DELIBERATED}), State.SIGNED, (Role.SIGNER,)),
    Step("登记", frozenset({State.SIGNED}), State.REGISTERED, (Role.OFFICE,), note="登记号和文号"),
    Step("公布", frozenset({State.REGISTERED}), State.PUBLISHED, (Role.OFFICE,), note="公布载体和日期"),
    Step("备案", frozenset({State.PUBLISHED, State.IN_FORCE}), State.FILED, (Role.OFFICE,), note="备案机关和日期"),
    Step("施行", frozenset({State.PUBLISHED, State.FILED}), State.IN_FORCE, (Role.OFFICE,), note="施行日期"),
    Step(
        "评估", frozenset({State.IN_FORCE, State.FILED, State.PUBLISHED}), State.EVALUATING, (Role.DRAFTER, *REVIEWERS)
    ),
    Step("继续有效", frozenset({State.EVALUATING}), State.IN_FORCE, REVIEWERS, note="评估结论"),
    Step("废止", frozenset({State.EVALUATING}), State.REPEALED, (Role.OFFICE,), note="废止决定"),
    Step("失效", frozenset({State.EVALUATING, State.IN_FORCE}), State.EXPIRED, (Role.OFFICE,), note="失效日期和原因"),
    Step("撤回", BEFORE_GATE | {State.GATE_OPEN}, State.WITHDRAWN, (Role.DRAFTER,), True, note="撤回的理由"),
)
STEPS = {step.name: step for step in _STEPS}


def stepped(name: str, state: State) -> State:
    """The state after a step. Raises `ValueError` where the step does not lead on from `state`."""
    step = STEPS.get(name)
    if step is None or state not in step.sources:
        raise ValueError(f"{state} -> {name}")
    return step.target or state


def reviewed(state: State) -> State:
    """The state after a review. Raises `ValueError` before acceptance and after deliberation."""
    if state not in UNDER_REVIEW | {State.GATE_OPEN}:
        raise ValueError(f"{state} -> review")
    again = state in (State.OPINION_ISSUED, State.REVISING, State.RECHECK, State.GATE_OPEN)
    return State.RECHECK if again else State.REVIEWING


def disposed(state: State) -> State:
    """The state after a finding was disposed of or reopened; `ValueError` from deliberation on.

    An opinion holds for what it was signed on: a change after it calls for another.
    """
    if state not in BEFORE_GATE | {State.GATE_OPEN}:
        raise ValueError(f"{state} -> clear")
    return State.RECHECK if state in (State.OPINION_ISSUED, State.GATE_OPEN) else state
