-- Each account and who pays for it: the account at the top of its chain, with that one's region and clock. An account
-- whose parent nobody knows pays for itself; a test account, or one below one, is a test.
select
    a.account_id, s.account_id as payer_id, s.region, a.is_test or s.is_test as is_test
from known_accounts as a
left join account_parents as p on p.account_id = a.account_id
left join known_accounts as t on t.account_id = p.ultimate_parent_id
join known_accounts as s on s.account_id = coalesce(t.account_id, a.account_id)
