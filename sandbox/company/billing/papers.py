"""The papers of a subscription: its states in time, invoices with lines, credit notes, refunds. Stamps in seconds."""

from dataclasses import dataclass, field

from sandbox.company.billing.catalogue import TAX, Discount, Price
from sandbox.company.deals import Deal
from sandbox.company.firms import Firm


@dataclass(frozen=True, slots=True)
class State:
    """A subscription from `at` until the next state; `why` is the change that began it."""

    at: int
    why: str
    status: str
    price: Price
    quantity: int
    start: int
    end: int
    discount: Discount | None = None
    cancel_at: int | None = None
    canceled_at: int | None = None
    ended_at: int | None = None

    @property
    def gross(self) -> int:
        """The seats of one whole period."""
        return self.quantity * self.price.unit

    @property
    def net(self) -> int:
        return self.gross - (self.discount.off(self.gross) if self.discount else 0)


@dataclass(frozen=True, slots=True)
class Proration:
    """The unused or the remaining part of a period, from `at`: an invoice item until an invoice takes it up."""

    id: str
    at: int
    end: int
    price: Price
    quantity: int
    amount: int


@dataclass(frozen=True, slots=True)
class Line:
    """`amount` before discount and tax; `off` the discount; `proration` the invoice item it came from."""

    id: str
    price: Price
    quantity: int
    amount: int
    start: int
    end: int
    off: int = 0
    discount: Discount | None = None
    tax: int = 0
    proration: Proration | None = None
    trial: bool = False

    @property
    def net(self) -> int:
        return self.amount - self.off


@dataclass(frozen=True, slots=True)
class Credit:
    """A credit note over one line of a paid invoice; `refunded` says whether the money went back."""

    id: str
    at: int
    line: Line
    net: int
    tax: int
    reason: str
    refunded: bool


@dataclass(frozen=True, slots=True)
class Refund:
    """Money returned, tax included."""

    id: str
    at: int
    amount: int
    credit: Credit | None = None


@dataclass(slots=True, eq=False)
class Invoice:
    """An invoice with everything that will ever happen to it."""

    id: str
    owner: "Subscription"
    created: int
    finalized: int
    reason: str
    state: State
    lines: list[Line]
    due: int | None = None
    paid: int | None = None
    failures: list[int] = field(default_factory=list)
    voided: int | None = None
    uncollectible: int | None = None
    credits: list[Credit] = field(default_factory=list)
    refunds: list[Refund] = field(default_factory=list)

    @property
    def net(self) -> int:
        return sum(line.net for line in self.lines)

    @property
    def tax(self) -> int:
        return sum(line.tax for line in self.lines)

    @property
    def total(self) -> int:
        return self.net + self.tax

    def status(self, at: int) -> str:
        """draft, open, paid, void or uncollectible at an instant."""
        ends = (("paid", self.paid), ("void", self.voided), ("uncollectible", self.uncollectible))
        done = [word for word, stamp in ends if stamp is not None and stamp <= at]
        return done[0] if done else "open" if self.finalized <= at else "draft"


@dataclass(slots=True, eq=False)
class Subscription:
    """A subscription with its whole life up to the horizon it was drawn to; `deal` started it, if one did."""

    key: str
    firm: Firm
    currency: str
    created: int
    deal: Deal | None = None
    by_invoice: bool = False
    metered: Price | None = None
    trial_end: int | None = None
    states: list[State] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)
    prorations: list[Proration] = field(default_factory=list)

    @property
    def id(self) -> str:
        return f"sub_{self.key}"

    @property
    def ended(self) -> int | None:
        return self.states[-1].ended_at

    @property
    def discount(self) -> Discount | None:
        """The one coupon it ever has, if any."""
        return next((state.discount for state in self.states if state.discount), None)

    @property
    def tax_rate(self) -> float:
        return TAX.get(self.firm.place.country or "", 0.0)

    def state(self, at: int) -> State:
        """The state in force at an instant, which is not before `created`."""
        return next(state for state in reversed(self.states) if state.at <= at)
