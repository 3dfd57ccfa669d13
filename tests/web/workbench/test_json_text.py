"""One number is changed in a JSON text, and every other character stays."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.workbench.conftest import Visit

_RUN = """async ([text, paths, number]) => {
  const { withNumber } = await import("./workbench/assets/json-text.js");
  return withNumber(text, paths, number);
}"""


@pytest.mark.parametrize(
    ("text", "path", "changed"),
    [
        ("1", [], "9"),
        (' {"a" : 1 } ', ["a"], ' {"a" : 9 } '),
        ('{"a":{"a":1},"b":2}', ["b"], '{"a":{"a":1},"b":9}'),
        ('{"a":[0,{"b":[]},[1,2]]}', ["a", 2, 1], '{"a":[0,{"b":[]},[1,9]]}'),
        ('{"a,]}\\"":"}]","b":-1.5e+3,"c":[]}', ["b"], '{"a,]}\\"":"}]","b":9,"c":[]}'),
        ('{"\\u0061":1}', ["a"], '{"\\u0061":9}'),
        ('{"a":"x\\\\","b":1}', ["b"], '{"a":"x\\\\","b":9}'),
        ('{"a":true,"b":null,"c":7.90}', ["c"], '{"a":true,"b":null,"c":9}'),
        ('{"ü":"😀","b":1}', ["b"], '{"ü":"😀","b":9}'),
    ],
)
def test_the_value_at_the_path_is_replaced(
    visit: Callable[..., Visit], text: str, path: list[Any], changed: str
) -> None:
    assert visit().page.evaluate(_RUN, [text, [path], "9"]) == changed


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("1", ["a"]),
        ("{}", ["a"]),
        ("[]", [0]),
        ("[1]", [1]),
        ('{"a":1}', ["b"]),
        ('{"a":1}', ["a", "b"]),
        ("", ["a"]),
        ('{"a"', ["b"]),
        ("[1 2]", [1]),
        ('{"a":"', ["b"]),
        ('{"a":"x', ["a"]),
        ('{"a":[1,"x\\"]', ["b"]),
        ('{"a":[1', ["a"]),
        ('{"a":1,"b', ["b"]),
        ("{a:1}", ["a"]),
        ('{"\\x":1}', ["a"]),
        ('{"a"}', ["a"]),
        ("\u00a0[1]", [0]),
    ],
)
def test_where_there_is_no_such_value_nothing_changes(
    visit: Callable[..., Visit], text: str, path: list[Any]
) -> None:
    assert visit().page.evaluate(_RUN, [text, [path], "9"]) == text


def test_copies_of_a_record_are_changed_together(visit: Callable[..., Visit]) -> None:
    text = json.dumps({"a": [1, 2], "b": {"c": 2}}, indent=3)
    changed = visit().page.evaluate(_RUN, [text, [["a", 1], ["b", "c"]], "12.5"])
    assert changed == text.replace("2", "12.5")


def test_a_long_text_is_passed_over(visit: Callable[..., Visit]) -> None:
    run = """async ([unit, times]) => {
      const { withNumber } = await import("./workbench/assets/json-text.js");
      const text = `{"a":"${unit.repeat(times)}","b":1}`;
      return [text.length, withNumber(text, [["b"]], "9").slice(-7)];
    }"""
    length, end = visit().page.evaluate(run, ['x\\\\\\"', 3_000_000])
    assert length > 12_000_000
    assert end == ',"b":9}'
