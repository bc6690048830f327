"""The contract of doors: whom an app may visit, and through which modules."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output


class Doors(Contract):
    """Apps meet only at their public modules, and only those named in the table of visits."""

    package = fields.StringField()
    public = fields.ListField(subfield=fields.StringField())
    visits = fields.ListField(subfield=fields.StringField())
    below_all = fields.ListField(subfield=fields.StringField())
    roof = fields.StringField()

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Find every import that uses no door."""
        table = dict(line.split(": ") for line in self.visits)
        breaches = [
            (importer, imported)
            for importer in sorted(graph.modules)
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if self.is_breach(importer.split("."), imported.split("."), table)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def is_breach(self, importer: list[str], imported: list[str], table: dict[str, str]) -> bool:
        """Test one import, both ends given as the parts of their dotted names."""
        if len(importer) < 2 or len(imported) < 3:
            return False
        here, there, module = importer[1], imported[1], imported[2]
        if here in (there, self.roof) or there == "kit":
            return False
        known = there in self.below_all or there in table.get(here, "").split()
        return not known or module not in self.public

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name every breach."""
        for importer, imported in check.metadata["breaches"]:
            output.print_error(f"{importer} has no door to {imported}")
