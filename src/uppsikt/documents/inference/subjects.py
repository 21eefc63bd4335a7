from uppsikt.documents.model import ReadTable
def with_subjects(read):
    return tuple(read)
