"""Characters of Word's symbol fonts (Symbol, Wingdings …) as Unicode, as far as official documents use them."""

from __future__ import annotations

# Wingdings and its kin lie in the private use area, U+F020 … U+F0FF.
_WINGDINGS = {
    0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆",
    0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xE0: "→", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
_WINGDINGS2 = {0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "□", 0x97: "●"}
_SYMBOL = dict(
    zip(
        range(0x41, 0x5B),
        "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | dict(zip(range(0x61, 0x7B), "αβχδεφγηιϕκλμνοπθρστυϖωξψζ", strict=True))
_SYMBOL |= {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB1: "±", 0xB0: "°", 0xA5: "∞", 0xAE: "→", 0xB8: "÷"}


def symbol(text: str, font: str) -> str:
    """`text` in that font, with the private-use characters of the known symbol fonts made plain; others as they are."""
    table = _table(font)
    if table is None and not any("\uf000" <= c <= "\uf0ff" for c in text):
        return text
    if table is None:  # a bullet whose font is not stated: Symbol is Word's own
        table = _SYMBOL if font == "" else {}
    return "".join(table.get(ord(c) & 0xFF, c) if "\uf000" <= c <= "\uf0ff" else c for c in text)


def bullet(text: str, font: str) -> str:
    """A bullet as the page shows it: Word's round one is the letter o in Courier New."""
    return "◦" if text == "o" and font.lower().startswith("courier") else symbol(text, font)


def _table(font: str) -> dict[int, str] | None:
    name = font.lower()
    if name == "symbol":
        return _SYMBOL
    if name == "wingdings":
        return _WINGDINGS
    if name == "wingdings 2":
        return _WINGDINGS2
    return None
