-- A goal's own forecast pulled towards its peers' mean with weight n / (n + p_peer_weight) on its own; without peers it stands alone.
create or replace macro pulled_forecast(p_own, p_count, p_peer, p_peer_weight) as
    case
        when p_peer is null then p_own
        else (p_count * p_own + p_peer_weight * p_peer) / (p_count + p_peer_weight)
    end
