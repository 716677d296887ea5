"""Telephone numbers, mail and web addresses: which of them a question asks for, where a text has them.

May import the core's names.
"""

import re

from rag.language.names import Span

_PHONE_ASKED = re.compile(
    r"(?:什么|哪个|多少)(?:号码|电话|热线)|(?:电话|手机号|热线|座机|分机)号?码?(?:是|为|有)?(?:多少|什么|哪|几号|呢|[？?]|$)"
    r"|联系(?:方式|电话)|怎么?样?(?:联系|打电话)|如何联系|电话号码|\b(?:tele)?phone\b|\bhotline\b"
)
_FAX_ASKED = re.compile(r"传真|\bfax\b")
_MAIL_ASKED = re.compile(r"邮箱|电子邮件|\be-?mail\b")
_WEB_ASKED = re.compile(r"网址|网站|网页|\bwebsite\b|\burl\b")

_BETWEEN = r"[-—－–\s]?"
_LANDLINE = (
    rf"(?:[(（]?0\d{{2,3}}[)）]?{_BETWEEN})?(?!(?:19|20)\d{{6}})[2-9]\d{{2,3}}\s?\d{{4}}"
    rf"(?:{_BETWEEN}(?:转|分机)\d{{1,5}})?"
)
_SERVICE = rf"[48]00{_BETWEEN}\d{{3,4}}{_BETWEEN}\d{{3,4}}"
_MOBILE = rf"1[3-9]\d{_BETWEEN}\d{{4}}{_BETWEEN}\d{{4}}"
_SHORT = r"(?<=热线)\d{5,6}|(?<=电话)\d{5,6}|(?<=[线话][:：])\d{5,6}"
_PHONE = re.compile(rf"(?<![\dA-Za-z.])(?:{_SERVICE}|{_MOBILE}|{_LANDLINE}|{_SHORT})(?![\dA-Za-z年])")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"(?:https?://|www\.)[\w./?=&%#~:-]+", re.ASCII)

_ASKED = ((_MAIL_ASKED, _MAIL), (_WEB_ASKED, _WEB), (_FAX_ASKED, _PHONE), (_PHONE_ASKED, _PHONE))


def asks_contact(query: str) -> bool:
    """Whether a normalised question asks for a number to call or an address to write to."""
    return any(asked.search(query) for asked, _ in _ASKED)


def contacts(query: str, text: str) -> tuple[Span, ...]:
    """The numbers or addresses of a text of the kind that a normalised question asks for, in order."""
    told = next((told for asked, told in _ASKED if asked.search(query)), None)
    if told is None:
        return ()
    return tuple(Span(match[0], match.start(), match.end()) for match in told.finditer(text))
