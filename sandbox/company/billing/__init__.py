"""The company's billing: subscriptions that grow out of won deals, their invoices, and what goes wrong with them."""
