"""What a letter says to an operator: a trouble, or a trial of a channel. Its lines are a program's, in English."""

from __future__ import annotations

from analysis.records import Message, Notice, Occasion
from channels.bidi import isolated
from channels.sheets import Link, Section, Sheet
from channels.wording import Wording


def notice_sheet(message: Message, notice: Notice, wording: Wording) -> Sheet:
    """Write the sheet of a notice."""
    words = wording.of(message.recipient.language)
    is_trial = message.occasion is Occasion.TRIAL
    more = words.says.see_command.format(command=isolated(notice.more, words.language)) if notice.more else None
    return Sheet(
        language=words.language,
        occasion=words.says.trial if is_trial else words.says.trouble,
        headline=isolated(notice.headline, words.language),
        tint="news" if is_trial else "end",
        sections=(Section(name="", links=tuple(Link(text=line) for line in notice.lines), is_literal=True),),
        see=Link(text=more) if more else None,
        is_literal=True,
    )
