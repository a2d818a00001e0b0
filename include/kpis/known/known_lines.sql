-- Lines of invoices and credit notes as known at the cutoff of who pays.
select * from known_documents where doc_type in ('invoice', 'credit_note')
