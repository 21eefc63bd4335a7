"""Reviews of published reports: read, infer, check, compare, and show what does not add up.

record      a review as plain data (JSON): what the command line prints and the web keeps
running     one review, several documents at once, and the guarded process that hostile files are read in
dismissals  which findings a person has set aside, and when they come back
showing/    terminal, HTML, Word, Excel, the PDF with its cells marked, pictures of pages
"""
