namespace Weir.Gateway.Journal;

/// <summary>
/// Reads a message after DATA: takes the dots of RFC 5321 §4.5.2 away and finds the end, which is CRLF . CRLF and nothing else. A line feed without its
/// carriage return ends the conversation: where two servers disagree about line ends, one message can hide a second (SMTP smuggling).
/// </summary>
internal sealed class SmtpData
{
    private Place _place = Place.LineStart;

    private enum Place { LineStart, Dot, DotReturn, Line, Return }

    /// <summary>Reads on.</summary>
    /// <param name="input">What came; all of it is used unless the end is in it.</param>
    /// <param name="take">Gets the message's bytes, in pieces.</param>
    /// <param name="used">How many bytes belonged to the message.</param>
    public DataState Read(ReadOnlySpan<byte> input, Taking take, out int used)
    {
        used = 0;
        while (used < input.Length)
        {
            var next = input[used];
            if (next == (byte)'\n' && _place is not (Place.Return or Place.DotReturn))
            {
                return DataState.BareLineFeed;
            }

            switch (_place)
            {
                case Place.LineStart when next == (byte)'.':
                    _place = Place.Dot;
                    used++;
                    break;
                case Place.Dot when next == (byte)'\r':
                    _place = Place.DotReturn;
                    used++;
                    break;
                case Place.DotReturn when next == (byte)'\n':
                    used++;
                    return DataState.End;
                case Place.DotReturn:
                    // The carriage return was a part of the line.
                    take("\r"u8);
                    _place = Place.Return;
                    break;
                case Place.Return when next == (byte)'\n':
                    take("\n"u8);
                    _place = Place.LineStart;
                    used++;
                    break;
                case Place.Return when next == (byte)'\r':
                    take("\r"u8);
                    used++;
                    break;
                default:
                    used += Line(input[used..], take);
                    break;
            }
        }

        return DataState.More;
    }

    /// <summary>Up to and with the next carriage return.</summary>
    private int Line(ReadOnlySpan<byte> rest, Taking take)
    {
        var stop = rest.IndexOfAny((byte)'\r', (byte)'\n');
        var isReturn = stop >= 0 && rest[stop] == (byte)'\r';
        var length = stop < 0 ? rest.Length : isReturn ? stop + 1 : stop;
        take(rest[..length]);
        _place = isReturn ? Place.Return : Place.Line;
        return length;
    }
}

/// <summary>Takes a piece of a message.</summary>
internal delegate void Taking(ReadOnlySpan<byte> piece);

/// <summary>How far the reading of a message is.</summary>
internal enum DataState { More, End, BareLineFeed }
