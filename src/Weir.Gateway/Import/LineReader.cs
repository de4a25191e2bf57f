namespace Weir.Gateway.Import;

/// <summary>Reads lines of a stream of any size; a line longer than the buffer comes in pieces.</summary>
internal sealed class LineReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[128 << 10];
    private int _start;
    private int _end;
    private bool _isStart = true;

    /// <summary>Where in the stream the next line begins.</summary>
    public long Offset => stream.Position - (_end - _start);

    /// <summary>A line, or a piece of one.</summary>
    /// <param name="Bytes">With the line end; valid until the next read.</param>
    /// <param name="IsStart">The piece begins a line.</param>
    public readonly record struct Line(ReadOnlyMemory<byte> Bytes, bool IsStart)
    {
        /// <summary>Without the line end.</summary>
        public ReadOnlyMemory<byte> Text => Bytes[..Bytes.Span.TrimEnd("\r\n"u8).Length];
    }

    /// <summary>The next line or piece of one; nothing at the end.</summary>
    public async ValueTask<Line?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var feed = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                return Take(feed + 1, endsLine: true);
            }

            if (_end - _start == _buffer.Length)
            {
                return Take(_buffer.Length, endsLine: false);
            }

            if (!await FillAsync(cancellationToken))
            {
                return _end > _start ? Take(_end - _start, endsLine: false) : null;
            }
        }
    }

    /// <summary>Hands over the next bytes whatever they are; the next line begins behind them.</summary>
    public async ValueTask CopyAsync(long count, Action<ReadOnlySpan<byte>> add, CancellationToken cancellationToken)
    {
        while (count > 0 && (_end > _start || await FillAsync(cancellationToken)))
        {
            var length = (int)Math.Min(count, _end - _start);
            add(_buffer.AsSpan(_start, length));
            _start += length;
            count -= length;
        }

        _isStart = true;
    }

    private Line Take(int length, bool endsLine)
    {
        var line = new Line(_buffer.AsMemory(_start, length), _isStart);
        _start += length;
        _isStart = endsLine;
        return line;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        return read > 0;
    }
}
