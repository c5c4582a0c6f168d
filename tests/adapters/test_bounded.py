from bot.adapter.bounded import BoundedDict


def test_beyond_its_bound_what_was_set_the_longest_ago_goes() -> None:
    numbers = BoundedDict[str, int](2)
    numbers["a"] = 1
    numbers["b"] = 2
    numbers["a"] = 3
    numbers["c"] = 4
    assert dict(numbers) == {"a": 3, "c": 4}


def test_other_ways_of_setting_keep_the_bound_too() -> None:
    numbers = BoundedDict[int, int](3)
    numbers.update({number: number for number in range(5)})
    assert numbers.setdefault(9, 9) == 9
    assert list(numbers) == [3, 4, 9]
