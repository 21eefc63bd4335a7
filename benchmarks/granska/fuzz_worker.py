"""Reviews one file after another in this process: a line on stdin names a file, a line on stdout says how it went."""

from __future__ import annotations

import json
import resource
import sys
import traceback
from pathlib import Path

from uppsikt.documents.model import DocumentError
from uppsikt.review.running import review_file


def main(memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for line in sys.stdin:
        print(json.dumps(_outcome(Path(line.rstrip("\n")))), flush=True)


def _outcome(file: Path) -> list[str]:
    try:
        record = review_file(file)
        json.dumps(record)
    except DocumentError as error:
        return ["refused", str(error)]
    except MemoryError:
        return ["memory", traceback.format_exc(limit=-6)]
    except Exception:  # anything else is a fault of the program, and what this measurement looks for
        return ["failed", traceback.format_exc(limit=-8)]
    return ["read", str(len(record["tables"]))]


if __name__ == "__main__":
    main(int(sys.argv[1]))
