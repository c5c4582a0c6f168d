"""Hellos: once in a while for each person, and in no memory but the process's own."""

from bot.adapter.hello import AGAIN_AFTER_SECONDS, Hellos


def test_each_person_is_greeted_again_only_after_some_hours() -> None:
    instant = [0.0]
    hellos = Hellos(lambda: instant[0])
    ada, bob = ("T1", "UADA"), ("T1", "UBOB")
    assert [hellos.take_turn(person) for person in (ada, ada, bob)] == [True, False, True]
    instant[0] = AGAIN_AFTER_SECONDS - 1
    assert not hellos.take_turn(ada)
    instant[0] = AGAIN_AFTER_SECONDS
    assert hellos.take_turn(ada)
