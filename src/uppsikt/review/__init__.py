"""Reviews of published reports: read, infer, check, compare, and show what does not add up.

record      a review as plain data (JSON): what the command line prints and the web keeps
running     one review in this process, or guarded in one that hostile files are read in (worker)
making      what was read and found as a record; naming: names of findings that stay; restoring: the tables back
comparing   several documents at once (between), and two versions of the same one
dismissals  which findings a person has set aside, and when they come back
showing/    terminal, JSON, page, Word, Excel, the PDF with its cells marked
writing     files written whole or not at all
"""
