-- Each account below another, and the one at the top of its chain.
with recursive climb as (
    select account_id, parent_account_id as parent_id, 1 as steps
    from known_accounts
    where parent_account_id is not null
    union all
    select c.account_id, a.parent_account_id, c.steps + 1
    from climb as c
    join known_accounts as a on a.account_id = c.parent_id
    where a.parent_account_id is not null and c.steps < 20
)
select account_id, max_by(parent_id, steps) as ultimate_parent_id
from climb
group by account_id
