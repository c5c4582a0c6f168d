"""Sealing an answer: buttons and forms whose options would not fit an id of 100 characters name a draft instead."""

from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from bot.chat.button_id import draft_name, draft_number, form_draft_name, opens_form, pack
from bot.chat.card import Actions, Block, Button, Card
from bot.chat.form import Form
from bot.chat.request import Answer, Ask, Audience, CommandRequest, Reply, Request, User, Via
from bot.errors import Refused
from bot.store import drafts, people
from bot.store.sqlite import Tx


@dataclass(frozen=True, slots=True)
class Sealer:
    """Seals what one transaction answers to `owner`; only what all may see can be pressed by all."""

    tx: Tx
    now: datetime
    owner: int

    def answer(self, answer: Answer) -> Answer:
        """The same answer, each of whose ids fits."""
        match answer:
            case Reply(card=card):
                return replace(answer, card=self._card(card, answer.audience))
            case Ask(form=form):
                return Ask(self._form(form))

    def fits(self, answer: Answer) -> bool:
        """Whether nothing needs sealing, so that a snapshot can answer."""
        match answer:
            case Reply(card=card):
                return all(pack(button.command, button.options) for button in card.buttons())
            case Ask(form=form):
                return pack(form.command, form.carried) is not None

    def _card(self, card: Card, audience: Audience) -> Card:
        if all(pack(button.command, button.options) for button in card.buttons()):
            return card
        owner = self.owner if audience is Audience.PRIVATE else None
        return replace(card, blocks=tuple(self._block(block, owner) for block in card.blocks))

    def _block(self, block: Block, owner: int | None) -> Block:
        if not isinstance(block, Actions):
            return block
        return Actions(tuple(self._button(button, owner) for button in block.buttons))

    def _button(self, button: Button, owner: int | None) -> Button:
        if pack(button.command, button.options):
            return button
        return replace(button, command=self._draft(button.command, button.options, owner), options={})

    def _form(self, form: Form) -> Form:
        if pack(form.command, form.carried):
            return form
        return replace(form, command=self._draft(form.command, form.carried, self.owner), carried={})

    def _draft(self, command: str, options: dict[str, str], owner: int | None) -> str:
        return draft_name(drafts.add(self.tx, command, options, self.now, owner))


def save_form(tx: Tx, user: User, command: str, options: dict[str, str], now: datetime) -> str:
    """Save what a person's form holds and return the command of a button that opens it again, filled in.

    Where `command` names a draft itself, its options are saved along.
    """
    person = people.find(tx, user)
    owner = person.id if person else None
    number = draft_number(command)
    draft = None if number is None else drafts.find(tx, number, owner)
    if draft is not None:
        command, options = draft[0], {**draft[1], **options}
    return form_draft_name(drafts.add(tx, command, options, now, owner))


def unsealed(tx: Tx, request: Request) -> Request:
    """The request with a draft's command and options in the place of its name.

    Raises `Refused` where it is kept no more, or is somebody else's, which is told nobody.
    """
    if not isinstance(request, CommandRequest) or (number := draft_number(request.command)) is None:
        return request
    person = people.find(tx, request.user)
    draft = drafts.find(tx, number, person.id if person else None)
    if draft is None:
        raise Refused("That button is too old to know what it was for.", "/guide")
    is_form_wanted = opens_form(request.command) and request.via is not Via.FORM
    return replace(request, command=draft[0], options={**draft[1], **request.options}, opens_form=is_form_wanted)


def resealed(request: CommandRequest, answer: Answer) -> Answer:
    """A form that comes back with what was wrong, under the draft that held its options: they would not fit an id."""
    if not isinstance(answer, Ask) or draft_number(request.command) is None:
        return answer
    fields = {field.name for field in answer.form.fields}
    carried = {name: text for name, text in request.options.items() if name not in fields}
    return Ask(replace(answer.form, command=request.command, carried=carried))
