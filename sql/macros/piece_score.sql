-- The score of an attainment by the pieces of a rule, in order: the last one that begins at or below it holds, linear ones up to their end.
-- Below every piece the lowest score; 100 where a rule has none.
create or replace macro piece_score(p_pieces, p_attainment, p_floor) as
    case
        when p_attainment is null then null
        when len(p_pieces) = 0 then 100.0
        else coalesce(
            list_transform(
                list_filter(p_pieces, lambda piece: piece.from_attainment <= p_attainment)[-1:],
                lambda piece: case
                    when piece.to_attainment > piece.from_attainment and piece.to_score is not null and not isinf(piece.from_attainment)
                        then piece.from_score + (piece.to_score - piece.from_score)
                        * (least(p_attainment, piece.to_attainment) - piece.from_attainment) / (piece.to_attainment - piece.from_attainment)
                    else piece.from_score
                end
            )[1],
            p_floor
        )
    end
