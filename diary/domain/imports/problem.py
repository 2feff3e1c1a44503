"""What is said of a cell that cannot be read."""


class CellProblem(ValueError):
    """A cell cannot be read: `code` is stable for programs, `detail` is a sentence for people.

    Neither repeats what stands in the cell.
    """

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail
