"""Checks: rules that say what must hold in tables, and findings about what does not.

    registry    a rule: one function, one code, one Swedish docstring with examples
    rules/      the rules; each says which relations between figures must hold
    relations   a relation between cells, and whether the written figures can satisfy it
    structure   what adds up to what in a table; peers: units that together are a total elsewhere
    signs       which sign convention the rows of a table follow
    causes      which single cell explains most broken relations; edits: the slips of the pen that may
    wording     findings with Swedish messages
    prose       a document's running text, and where its tables stand
    words       the Swedish words that sentences about money are built of
    mentions    the numbers in sentences; meaning: what the words around say of them
    naming      the rows that the words of a sentence name; meant: the cells that it speaks of
    binding     numbers of the text bound to cells; comparing: as exactly as both are told
    doubting    when a number that agrees with no cell contradicts one
    counting    counts in the text against rows, lists and parts
    run         check_tables: all rules over all tables; check_document: over a document with its text
    pages       docs/kontroller/, made from the rules; examples: the small documents in them

A rule opens no files and knows no reader: it sees core Tables, whether they are ours or a stranger's.
"""

from uppsikt.checks.prose import Binding, Checked, Printed
from uppsikt.checks.registry import Rule, all_rules
from uppsikt.checks.run import check_document, check_tables, holds

__all__ = ["Binding", "Checked", "Printed", "Rule", "all_rules", "check_document", "check_tables", "holds"]
