-- The first won deal of type new of an account and all below the same ultimate parent: the deal that made a customer.
-- Where nobody says which account, the customer is the person; where nobody says who, each deal makes one.
with numbered as (
    select
        o.*,
        row_number() over (
            partition by coalesce(
                a.ultimate_parent_id, o.account_id, 'person ' || o.person_id, 'deal ' || o.opportunity_id
            )
            order by o.closed_at, o.opportunity_id
        ) as nth
    from known_opportunities as o
    left join account_parents as a on a.account_id = o.account_id
    where o.status = 'won' and o.opportunity_type = 'new'
)
select * from numbered where nth = 1
