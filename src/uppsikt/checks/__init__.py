"""Checks: rules that say what must hold in tables, and findings about what does not.

    registry    a rule: one function, one code, one Swedish docstring with examples
    rules/      the rules; each says which relations between figures must hold
    relations   a relation between cells, and whether the written figures can satisfy it
    causes      which single cell explains most broken relations
    wording     findings with Swedish messages
    prose       a document's running text, and where its tables stand
    mentions    the numbers in sentences; meaning: what the words around say of them
    naming      the rows that the words of a sentence name; meant: the cells that it speaks of
    binding     numbers of the text bound to cells; doubting: when one contradicts its cell
    counting    counts in the text against rows, lists and parts
    run         check_tables: all rules over all tables; check_document: over a document with its text
    pages       docs/kontroller/, made from the rules

A rule opens no files and knows no reader: it sees core Tables, whether they are ours or a stranger's.
"""

from uppsikt.checks.prose import Binding, Checked, Printed
from uppsikt.checks.registry import Rule, all_rules
from uppsikt.checks.run import check_document, check_tables, holds

__all__ = ["Binding", "Checked", "Printed", "Rule", "all_rules", "check_document", "check_tables", "holds"]
