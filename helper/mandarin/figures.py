"""Whether digits in a Chinese text are an ordinary number (6点, 88元) or a word (太6了, 88!)."""

from __future__ import annotations

import regex

from helper.mandarin.script import is_hanzi

# What is counted or measured. Where such a character begins a longer word (985名校, 404页面) it
# counts nothing.
_COUNTED = (
    r"(?:小时|分钟|秒钟|公里|公斤|公分|千米|厘米|毫米|平米|毫升|立方|人民币|美[元金刀]|欧元|英镑|港[币元]"
    r"|日元|刀(?!子)|星期|礼拜|名(?!校|媛|人|牌)|本(?!科|来|人|地|身|质|命)|人(?!家|类|生|气|间|设)"
    r"|家(?!人|里|长|庭|属)|页(?!面)|对(?!象|方|不|了|啊|吧|吗|于|他|她|你|我)|部(?!门|落|长)"
    r"|套(?!路|装)|回(?!家|来|去|复|国|忆|头|答)|天(?!啊|哪|呐|天|然|气|生|才|花)|日(?!常|子|记)"
    r"|首(?!先|页|次)|把(?!我|你|他|她|它|这|那)|点(?!赞|开|击|关|了|进|个|外|单|名)|班(?!主任)"
    r"|头(?!发|像|条)|口(?!红|味|碑|罩)|号(?!称)|周(?!末|边)|分(?!享|手|开|期|析|别)|场(?!景|面|合)"
    r"|件(?!事)|条(?!件)|种(?!草|地|菜|植)|度(?!假|过|日)|关(?!注|于|心|系|我|你|掉)"
    r"|字(?!母|体|幕)|排(?!队|面|骨|名)|站(?!着|在|起)|行(?!李|吧|不|业)|路(?!过|上|人)|步(?!行)"
    r"|道(?!理|歉|具)|角(?!色|度|落)|年(?!轻|会|货|级|终)|月(?!亮|经|饼)|片(?!子|段)|包(?!包|子|括)"
    r"|成(?!功|为|都|长|年|本|员|绩|了)|代(?!购|码|表)|款(?!式)|样(?!子|式)|位(?!置)|节(?!日|目|奏)"
    r"|期(?!待|间|末|望)|支(?!持|付)|根(?!本|据)|座(?!位)|层(?!次)|线(?!上|下)|两(?!个|人|天)"
    r"|门(?!口|票)|段(?!子)|局(?!面|长)|类(?!型|似)|课(?!程)|单(?!身|位|独)|室(?!友)|房(?!间|子|租)"
    r"|[个只张双份杯瓶碗盘袋盒箱罐串块颗粒朵棵株枝枚册台辆架艘栋幢间楼户所项批组列队级届章句篇次"
    r"遍趟顿轮题岁秒刻米里克斤吨升亩寸尺平元毛折倍码匹群卷滴勺桶壶锅幅副届桌十百千万亿])"
)
_LATIN_UNIT = (
    r"(?:[kKmMcC]?[gGmM]|[mM]?[lL]|km/h|mins?|h|hrs?|days?|RMB|rmb|CNY|USD|usd|px|[KMGT]B|[wWkK])"
    r"(?![A-Za-z])"
)
# Behind a number: more of it, a sign that goes with one, or what is counted.
_BEHIND = regex.compile(
    r"\d|[.:：,/／\-–—~～*×+=]\d|[ \t]*[%％‰℃℉°+=×€¥￥$]|\ufe0f?\u20e3|[A-Za-z]"
    rf"|[ \t]*(?:多|余|来|几)?{_COUNTED}|[ \t]*{_LATIN_UNIT}"
)
# Before a number: the rest of it, a sign that goes with one, or a word that asks for one.
_BEFORE = regex.compile(
    r"(?:\d|\d[.:：,/／\-–—~～*×+=]|[A-Za-z]|(?:[=×#＃¥￥$€£№]|[Nn]o\.?|[第号价码编满减约近共卖售]|[天号日码]是"
    r"|只要|仅需?|花了?|考了?|超过?|达到?|大约|总计|合计|尾号|电话)[ \t]*)$"
)
_DIGIT_BEFORE = regex.compile(r"(?:\d|\d[.,:])$")
# One or two digits are more often a number than a word: they are one behind English, too, and
# among other numbers.
_ENGLISH_BEFORE = regex.compile(r"[A-Za-z.][ \t]+$")
_NUMBER_BEFORE = regex.compile(r"(\d+)[ \t]*[、,，和与或至到]?[ \t]*$")
_NUMBER_BEHIND = regex.compile(r"[ \t]*[、,，和与或至到]?[ \t]*(\d+)")
_LIST_LINE = regex.compile(r"[ \t]*[(（【\[]?$")
_LIST_MARK = regex.compile(r"[.．、)）】\]](?!\d)|[:：]")
_LINE_NUMBER = regex.compile(r"^[ \t]*(\d{1,2})(?!\d)", regex.MULTILINE)
# What they follow where they are a word: praise, a goodbye, "type 1 if you agree".
_CRY = regex.compile(
    r"(?:[太真好很超贼巨挺牛更最扣刷抠祝久打回的]|有[点些]|[这那][么波]|操作|确实|属实|简直|主播|老铁"
    r"|兄弟|[哥姐弟妹你您]们?|大家|评论区?|晚安|再见|[走睡撤溜下退]了|天见|祝福)$"
)
# What may follow it there: particles, and 6得飞起, 2货, 6爆了.
_PARTICLE = regex.compile(r"[了啊呀吧哈哦喔诶欸啦嘛噢哟呢哇呗死爆货]|[得的到]飞|$|[^\p{L}\p{N}]")


def is_number(text: str, start: int, end: int) -> bool:
    """Whether the digits ``text[start:end]`` are an ordinary number there, not slang.

    Digits with something else ("+1", "1w") are an ordinary number only as a part of one ("2.1w").
    """
    before = text[max(0, start - 12): start]
    if not text[start:end].isdecimal():
        return _DIGIT_BEFORE.search(before) is not None or text[end: end + 1].isdecimal()
    if _BEHIND.match(text, end) or _BEFORE.search(before):
        return True
    return end - start < 3 and (
        _counts_a_line(text, start, end) or _is_short_number(text, start, end, before)
    )


def _is_short_number(text: str, start: int, end: int, before: str) -> bool:
    """The same for one or two digits: slang only alone in their clause, or as a cry."""
    if _ENGLISH_BEFORE.search(before):
        return True
    # 6 6 6 is a cry as well, 5 6 7 is not
    neighbours = (_NUMBER_BEFORE.search(before), _NUMBER_BEHIND.match(text, end))
    if any(match and match[1] != text[start:end] for match in neighbours):
        return True
    if is_hanzi(before[-1:]) and not _CRY.search(before):
        return True
    return not any(neighbours) and _PARTICLE.match(text, end) is None


def _counts_a_line(text: str, start: int, end: int) -> bool:
    """Whether the number begins a line of a list: "1. 洗脸", or lines with 1 and 2 at the head."""
    if not _LIST_LINE.match(text[text.rfind("\n", 0, start) + 1: start]):
        return False
    listed = {int(number) for number in _LINE_NUMBER.findall(text)}
    own = int(text[start:end])
    return _LIST_MARK.match(text, end) is not None or not listed.isdisjoint({own - 1, own + 1})
