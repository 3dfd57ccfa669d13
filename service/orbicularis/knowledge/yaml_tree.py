"""YAML node trees, composed by libyaml: a pure Python parser is thirty times slower."""

from collections.abc import Iterator
from typing import Any

from yaml._yaml import CParser
from yaml.nodes import Node, ScalarNode

PLAIN, QUOTED = "plain", "quoted"
"""Tags of nodes: whether a scalar was plain; lists and mappings are quoted, too."""


class _Composer(CParser):
    """libyaml's composer, told to keep only whether a scalar was plain."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Stand in for the resolver; an explicit tag never comes here."""
        return PLAIN if kind is ScalarNode and implicit[0] else QUOTED

    def descend_resolver(self, node: Any, index: Any) -> None:
        """Do nothing: tags do not depend on the path."""

    def ascend_resolver(self) -> None:
        """Do nothing: tags do not depend on the path."""


def documents(text: str) -> Iterator[Node]:
    """Yield the tree of each document.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    composer = _Composer(text)
    while composer.check_node() and (node := composer.get_node()) is not None:
        yield node
