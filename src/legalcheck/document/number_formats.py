"""Word's number formats: what w:numFmt makes of a number (ISO/IEC 29500-1 17.18.59, ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable

from ..numerals import to_chinese
from . import limits

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_AIUEO = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
_IROHA = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_HALF_KANA = dict(zip(_AIUEO + "ヰヱ", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｲｴ", strict=True))
_GANADA = "가나다라마바사아자차카타파하"
_CHOSUNG = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_HEBREW = "אבגדהוזחטיכלמנסעפצקרשת"
_ARABIC_ALPHA = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ARABIC_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_THAI = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_CHICAGO = "*†‡§"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth",
    "twelve": "twelfth",
}  # fmt: skip
_LEGAL_SIMPLIFIED = str.maketrans("零一二三四五六七八九十百千万亿", "零壹贰叁肆伍陆柒捌玖拾佰仟万亿")
_LEGAL_TRADITIONAL = str.maketrans("零一二三四五六七八九十百千万亿", "零壹貳參肆伍陸柒捌玖拾佰仟萬億")
_JAPANESE_LEGAL = str.maketrans("零一二三四五六七八九十百千万", "零壱弐参四五六七八九拾百阡萬")
_KOREAN = str.maketrans("零一二三四五六七八九十百千万亿", "영일이삼사오육칠팔구십백천만억")
_KOREAN_DIGITS = "영일이삼사오육칠팔구"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _letters(n: int, alphabet: str) -> str:
    # Word repeats the letter: z, aa, bb
    times = (n - 1) // len(alphabet) + 1
    return alphabet[(n - 1) % len(alphabet)] * times if times <= 40 else str(n)


def _sequence(n: int, signs: str) -> str:
    """One of a closed row of signs (甲 … 癸); Arabic digits when the row is at its end."""
    return signs[n - 1] if n <= len(signs) else str(n)


def _roman(n: int) -> str:
    if n > 3999:
        return str(n)
    text = ""
    for value, letters in _ROMAN:
        while n >= value:
            text += letters
            n -= value
    return text


def _ordinal(n: int) -> str:
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"


def _words(n: int) -> str:
    if n < 20:
        return _ONES[n]
    if n < 100:
        return _TENS[n // 10] + (f"-{_ONES[n % 10]}" if n % 10 else "")
    if n < 1000:
        return f"{_ONES[n // 100]} hundred" + (f" {_words(n % 100)}" if n % 100 else "")
    return f"{_words(n // 1000)} thousand" + (f" {_words(n % 1000)}" if n % 1000 else "")


def _ordinal_words(n: int) -> str:
    head, mark, last = _words(n).rpartition("-")
    if not mark:
        head, mark, last = _words(n).rpartition(" ")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    elif last.endswith("y"):
        last = last[:-1] + "ieth"
    else:
        last += "th"
    return head + mark + last


def _positional(n: int, digits: str = _DIGITS) -> str:
    return "".join(digits[int(d)] for d in str(n))


def _counting(n: int) -> str:
    """Tens in words up to 99, digit by digit with ○ (U+25CB) from 100 on."""
    return to_chinese(n) if n < 100 else _positional(n, "○一二三四五六七八九")


def _japanese(n: int) -> str:
    text = to_chinese(n).replace("零", "")
    return text.replace("一百", "百").replace("一千", "千").replace("一十", "十")


def _circled(n: int) -> str:
    if n <= 20:
        return chr(0x2460 + n - 1)
    if n <= 35:
        return chr(0x3251 + n - 21)
    if n <= 50:
        return chr(0x32B1 + n - 36)
    return str(n)


def _table(first: int, last: int, other: Callable[[int], str]) -> Callable[[int], str]:
    return lambda n: chr(first + n - 1) if n <= last else other(n)


def _sexagenary(n: int) -> str:
    return _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12]


def _abjad(n: int) -> str:
    return _letters(n, _ARABIC_ABJAD)


def _hebrew_numeral(n: int) -> str:
    if n >= 1000:
        return str(n)
    text = "ת" * (n // 400)
    n %= 400
    if n >= 100:
        text += "קרש"[n // 100 - 1]
        n %= 100
    if n in (15, 16):
        return text + {15: "טו", 16: "טז"}[n]
    if n >= 10:
        text += "יכלמנסעפצ"[n // 10 - 1]
        n %= 10
    return text + ("אבגדהוזחט"[n - 1] if n else "")


_AIUEO_HALF = "".join(_HALF_KANA[c] for c in _AIUEO)
_IROHA_HALF = "".join(_HALF_KANA[c] for c in _IROHA)

_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _table(0x2474, 20, lambda n: f"({n})"),
    "decimalEnclosedFullstop": _table(0x2488, 20, lambda n: f"{n}."),
    "numberInDash": lambda n: f"- {n} -",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": lambda n: _letters(n, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": lambda n: _letters(n, "abcdefghijklmnopqrstuvwxyz"),
    "ordinal": _ordinal,
    "cardinalText": lambda n: _words(n).capitalize(),
    "ordinalText": lambda n: _ordinal_words(n).capitalize(),
    "hex": lambda n: f"{n:X}",
    "chicago": lambda n: _letters(n, _CHICAGO),
    "chineseCounting": _counting,
    "chineseCountingThousand": to_chinese,
    "chineseLegalSimplified": lambda n: _join_tens(n).translate(_LEGAL_SIMPLIFIED),
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": to_chinese,
    "taiwaneseDigital": lambda n: _positional(n, "○一二三四五六七八九"),
    "ideographDigital": _positional,
    "ideographTraditional": lambda n: _sequence(n, _STEMS),
    "ideographZodiac": lambda n: _sequence(n, _BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographLegalTraditional": lambda n: _join_tens(n).translate(_LEGAL_TRADITIONAL),
    "ideographEnclosedCircle": _table(0x3280, 10, to_chinese),
    "japaneseCounting": _japanese,
    "japaneseLegal": lambda n: _join_tens(n).replace("零", "").translate(_JAPANESE_LEGAL),
    "japaneseDigitalTenThousand": _positional,
    "aiueo": lambda n: _letters(n, _AIUEO_HALF),
    "iroha": lambda n: _letters(n, _IROHA_HALF),
    "aiueoFullWidth": lambda n: _letters(n, _AIUEO),
    "irohaFullWidth": lambda n: _letters(n, _IROHA),
    "ganada": lambda n: _letters(n, _GANADA),
    "chosung": lambda n: _letters(n, _CHOSUNG),
    "koreanCounting": lambda n: to_chinese(n).replace("零", "").translate(_KOREAN),
    "koreanLegal": lambda n: to_chinese(n).replace("零", "").translate(_KOREAN),
    "koreanDigital": lambda n: _positional(n, _KOREAN_DIGITS),
    "koreanDigital2": lambda n: _positional(n, "零一二三四五六七八九"),
    "russianLower": lambda n: _letters(n, _RUSSIAN),
    "russianUpper": lambda n: _letters(n, _RUSSIAN.upper()),
    "hebrew1": _hebrew_numeral,
    "hebrew2": lambda n: _letters(n, _HEBREW),
    "arabicAlpha": lambda n: _letters(n, _ARABIC_ALPHA),
    "arabicAbjad": _abjad,
    "thaiLetters": lambda n: _letters(n, _THAI),
    "thaiNumbers": lambda n: _positional(n, "๐๑๒๓๔๕๖๗๘๙"),
    "thaiCounting": lambda n: _positional(n, "๐๑๒๓๔๕๖๗๘๙"),
    "hindiNumbers": lambda n: _positional(n, "०१२३४५६७८९"),
    "none": lambda n: "",
    "bullet": lambda n: "",
}


def _join_tens(n: int) -> str:
    """Chinese with every 一 written, as capital numerals are: 10 is 一十 (壹拾)."""
    text = to_chinese(n)
    return "一" + text if text.startswith("十") else text


def render(number_format: str, n: int) -> str:
    """`n` as Word writes it in that w:numFmt; plain digits for unknown formats and beyond what a format can say."""
    make = _FORMATS.get(number_format)
    if make is None or (not 0 < n <= limits.MAX_LIST_VALUE and number_format not in ("none", "bullet")):
        return "0" * (number_format == "decimalZero" and 0 <= n < 10) + str(n)
    return make(n)
