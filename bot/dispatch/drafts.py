"""Buttons and forms whose options do not fit an id of 100 characters: they name a draft that holds them."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.chat.button_id import draft_name, draft_number, form_draft_name, opens_form, pack
from bot.chat.card import Actions, Block, Button, Menu
from bot.chat.request import Answer, Ask, Audience, CommandRequest, Reply, Request, User, Via
from bot.errors import Refused
from bot.store import drafts, groups, people
from bot.store.drafts import ACCOUNT, account_of
from bot.store.tx import Tx

Save = Callable[[str, dict[str, str]], str]
"""Saves a command with its options as a draft; returns the draft's name."""


def fits(answer: Answer) -> bool:
    """Return True if every id in the answer fits, so that no draft has to be written."""
    match answer:
        case Reply(card=card):
            return all(pack(button.command, button.options) for button in card.buttons())
        case Ask(form=form):
            return pack(form.command, form.carried) is not None


def save_drafts(tx: Tx, answer: Answer, owner: int, now: datetime, group_id: int | None = None) -> Answer:
    """Return the answer with drafts in the place of what does not fit.

    They are `owner`'s alone, except that all of the group can press the buttons of what all of its channel can see.
    """
    if fits(answer):
        return answer
    is_for_all = isinstance(answer, Reply) and answer.audience is Audience.PUBLIC and group_id is not None

    def save(command: str, options: dict[str, str]) -> str:
        group = group_id if is_for_all else None
        return draft_name(drafts.add(tx, command, options, now, None if is_for_all else owner, group))

    match answer:
        case Reply(card=card):
            blocks = tuple(_shorten_block(block, save) for block in card.blocks)
            return replace(answer, card=replace(card, blocks=blocks))
        case Ask(form=form):
            return Ask(replace(form, command=save(form.command, form.carried), carried={}))


def _shorten_block(block: Block, save: Save) -> Block:
    if not isinstance(block, Actions | Menu):
        return block
    return replace(block, buttons=tuple(_shorten_button(button, save) for button in block.buttons))


def _shorten_button(button: Button, save: Save) -> Button:
    if pack(button.command, button.options):
        return button
    return replace(button, command=save(button.command, button.options), options={})


def without_long_buttons(answer: Answer) -> Answer:
    """Return the answer without the buttons that do not fit."""
    if not isinstance(answer, Reply) or fits(answer):
        return answer
    blocks = (_keep_short(block) for block in answer.card.blocks)
    return replace(answer, card=replace(answer.card, blocks=tuple(block for block in blocks if block is not None)))


def _keep_short(block: Block) -> Block | None:
    if not isinstance(block, Actions | Menu):
        return block
    buttons = tuple(button for button in block.buttons if pack(button.command, button.options))
    if len(buttons) == len(block.buttons):
        return block
    if not buttons:
        return None
    return Actions(buttons) if isinstance(block, Actions) else Menu(block.label, buttons)


def save_form(tx: Tx, user: User, command: str, options: dict[str, str], now: datetime) -> str:
    """Save what a person's form holds and return the command of a button that opens it again, filled in.

    Where `command` names a draft itself, its options are saved along. Of someone who is not known yet, their account is
    saved with it.
    """
    person = people.find(tx, user)
    owner = person.id if person else None
    number = draft_number(command)
    draft = None if number is None else drafts.find(tx, number, owner)
    if draft is not None and _is_theirs(draft[1], user):
        command, options = draft[0], {**draft[1], **options}
    if owner is None:
        options = {**options, ACCOUNT: account_of(user)}
    return form_draft_name(drafts.add(tx, command, options, now, owner))


def open_draft(tx: Tx, request: Request) -> Request:
    """Return the request with a draft's command and options in the place of its name, if it names one.

    Raises `Refused` for one that is gone, and in the same words for somebody else's.
    """
    if not isinstance(request, CommandRequest) or (number := draft_number(request.command)) is None:
        return request
    person = people.find(tx, request.user)
    group = groups.find(tx, request.channel)
    draft = drafts.find(tx, number, person.id if person else None, group.id if group else None)
    if draft is None or not _is_theirs(draft[1], request.user):
        raise Refused("That button is too old to know what it was for.", "/guide")
    is_form_wanted = opens_form(request.command) and request.via is not Via.FORM
    options = {name: text for name, text in {**draft[1], **request.options}.items() if name != ACCOUNT}
    return replace(request, command=draft[0], options=options, opens_form=is_form_wanted)


def _is_theirs(options: dict[str, str], user: User) -> bool:
    return options.get(ACCOUNT) in (None, account_of(user))


def reuse_draft(request: CommandRequest, answer: Answer) -> Answer:
    """Return a form that comes back with errors under the draft that held its options, unless it fits without."""
    if not isinstance(answer, Ask) or fits(answer) or draft_number(request.command) is None:
        return answer
    fields = {field.name for field in answer.form.fields}
    carried = {name: text for name, text in request.options.items() if name not in fields}
    return Ask(replace(answer.form, command=request.command, carried=carried))
