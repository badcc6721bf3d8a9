"""What the changes room tells, in both languages."""

from __future__ import annotations

from typing import Final

from visavis.model.findings import Kind, catalogue

_COUNTS_EN: Final = (
    "{added} camera(s) on the later only, {removed} on the earlier only, {moved} moved and {turned} turned beyond "
    "what the errors of both explain, {kept} without a change. A camera that a paper does not show may still stand."
)
_COUNTS_FR: Final = (
    "{added} caméra(s) sur le second seulement, {removed} sur le premier seulement, {moved} déplacée(s) et {turned} "
    "réorientée(s) au-delà de ce qu'expliquent les erreurs, {kept} sans changement. Une caméra absente d'un document "
    "peut toujours exister."
)

WORDS: Final = catalogue(
    changes__compared=Kind(
        "note",
        f"From {{earlier}} to {{later}}: {_COUNTS_EN}",
        f"De {{earlier}} à {{later}} : {_COUNTS_FR}",
    ),
    changes__order_unknown=Kind(
        "doubt",
        f"{{earlier}} and {{later}} do not say which is the later; taken in this order: {_COUNTS_EN}",
        f"{{earlier}} et {{later}} ne disent pas lequel est le plus récent ; pris dans cet ordre : {_COUNTS_FR}",
    ),
    changes__moved_alike=Kind(
        "doubt",
        "From {earlier} to {later}, {moved} cameras moved alike, by some {metres} m: one of the two sheets may be "
        "placed wrongly, rather than the cameras moved.",
        "De {earlier} à {later}, {moved} caméras se sont déplacées de la même façon, de quelque {metres} m : l'un "
        "des deux plans est peut-être mal placé, plutôt que les caméras déplacées.",
    ),
)
