namespace Weir.Mail.Inspection.Pictures;

/// <summary>The last pictures of a message in which no code was found: a code cut into pieces is seen when they are put together.</summary>
internal sealed class PictureShelf
{
    private const int MostPieces = 4;
    private const int MostPixels = 1_000_000;

    private readonly List<GrayPicture> _pictures = [];

    /// <summary>Puts a picture to those before it that have its width or its height.</summary>
    /// <returns>The texts of the codes that are seen then.</returns>
    public IReadOnlyList<string> Add(GrayPicture picture)
    {
        var piece = picture with { Channels = [] };
        if (piece.Pixels.Length > MostPixels)
        {
            return [];
        }

        _pictures.Add(piece);
        if (_pictures.Count > MostPieces)
        {
            _pictures.RemoveAt(0);
        }

        var (column, row) = (piece, piece);
        for (var at = _pictures.Count - 2; at >= 0; at--)
        {
            var before = _pictures[at];
            if (before.Width == column.Width && QrCodes.Read(column = before.Above(column)) is { Count: > 0 } below)
            {
                return below;
            }

            if (before.Height == row.Height && QrCodes.Read(row = before.Beside(row)) is { Count: > 0 } beside)
            {
                return beside;
            }
        }

        return [];
    }
}
