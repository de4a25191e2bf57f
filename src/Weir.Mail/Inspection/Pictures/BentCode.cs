using ZXing;
using ZXing.Common;
using ZXing.QrCode.Internal;

namespace Weir.Mail.Inspection.Pictures;

/// <summary>
/// A code whose three corner marks are found but whose fourth corner is not where a flat page would have it: photographed from the side, or bent. The corner
/// and the size are sought for which the lines of alternating modules and the last alignment mark fit best, and the best are decoded.
/// </summary>
internal sealed class BentCode(BitMatrix image) : Detector(image)
{
    /// <summary>Modules by which the fourth corner is sought in each direction.</summary>
    private const int Far = 7;

    private const int Tries = 60;

    /// <summary>Small codes have no alignment mark, and are decoded fast.</summary>
    private const int TriesOfSmall = 600;

    private const int Refined = 10;

    private FinderPatternInfo? _marks;

    /// <summary>The text, or nothing.</summary>
    /// <param name="left">How many more times marks may be followed.</param>
    public static string? Read(BinaryBitmap bitmap, IDictionary<DecodeHintType, object> hints, ref int left)
    {
        if (bitmap.BlackMatrix is not { } image)
        {
            return null;
        }

        var code = new BentCode(image);
        code.detect(hints);
        if (code._marks is not { } marks)
        {
            return null;
        }

        left--;
        return code.Read(marks, hints);
    }

    /// <summary>Takes the marks and leaves the rest to <see cref="Read(FinderPatternInfo, IDictionary{DecodeHintType, object})"/>.</summary>
    protected override DetectorResult? processFinderPatternInfo(FinderPatternInfo info)
    {
        _marks = info;
        return null;
    }

    private string? Read(FinderPatternInfo marks, IDictionary<DecodeHintType, object> hints)
    {
        var (first, right, below) = (marks.TopLeft, marks.TopRight, marks.BottomLeft);
        var module = (first.EstimatedModuleSize + right.EstimatedModuleSize + below.EstimatedModuleSize) / 3;
        if (module < 0.8f)
        {
            return null;
        }

        var modules = ((Distance(first, right) + Distance(first, below)) / (2 * module)) + 7;
        var version = Math.Clamp((int)Math.Round((modules - 17) / 4), 1, 40);
        var guesses = new List<Guess>();
        for (var each = Math.Max(1, version - 2); each <= Math.Min(40, version + 2); each++)
        {
            for (var dx = -Far; dx <= Far; dx++)
            {
                for (var dy = -Far; dy <= Far; dy++)
                {
                    guesses.Add(Of(marks, 17 + (4 * each), dx, dy));
                }
            }
        }

        // Between whole modules the best fit is finer.
        foreach (var guess in guesses.OrderByDescending(guess => guess.Score).Take(Refined).ToList())
        {
            for (var finer = 0; finer < 9; finer++)
            {
                guesses.Add(Of(marks, guess.Size, guess.Right + (((finer % 3) - 1) * 0.5f), guess.Below + (((finer / 3) - 1) * 0.5f)));
            }
        }

        var decoder = new Decoder();
        foreach (var guess in guesses.OrderByDescending(guess => guess.Score).Take(version <= 2 ? TriesOfSmall : Tries))
        {
            var bits = GridSampler.Instance.sampleGrid(Image, guess.Size, guess.Size, guess.Transform);
            if (bits is not null && decoder.decode(bits, hints) is { Text.Length: > 0 } found)
            {
                return found.Text;
            }
        }

        return null;
    }

    private Guess Of(FinderPatternInfo marks, int size, float dx, float dy)
    {
        var (first, right, below) = (marks.TopLeft, marks.TopRight, marks.BottomLeft);
        var step = (Distance(first, right) + Distance(first, below)) / 2 / (size - 7);
        var transform = PerspectiveTransform.quadrilateralToQuadrilateral(
            3.5f, 3.5f, size - 3.5f, 3.5f, size - 3.5f, size - 3.5f, 3.5f, size - 3.5f,
            first.X, first.Y, right.X, right.Y, right.X + below.X - first.X + (dx * step), right.Y + below.Y - first.Y + (dy * step), below.X, below.Y);
        return new Guess(Score(transform, size), transform, size, dx, dy);
    }

    private static float Distance(ResultPoint one, ResultPoint other) => ResultPoint.distance(one, other);

    /// <summary>How much of what is known of every code is there: from 0 to 2.</summary>
    private double Score(PerspectiveTransform transform, int size)
    {
        int right = 0, all = 0;
        for (var at = 8; at < size - 8; at++)
        {
            right += IsDark(transform, at, 6) == (at % 2 == 0) ? 1 : 0;
            right += IsDark(transform, 6, at) == (at % 2 == 0) ? 1 : 0;
            all += 2;
        }

        var score = (double)right / all;
        if (size <= 21)
        {
            return score;
        }

        // The alignment mark: a ring around a dark module.
        int marked = 0;
        for (var y = -2; y <= 2; y++)
        {
            for (var x = -2; x <= 2; x++)
            {
                marked += IsDark(transform, size - 7 + x, size - 7 + y) == (Math.Max(Math.Abs(x), Math.Abs(y)) != 1) ? 1 : 0;
            }
        }

        return score + (marked / 25.0);
    }

    private bool IsDark(PerspectiveTransform transform, int x, int y)
    {
        float[] point = [x + 0.5f, y + 0.5f];
        transform.transformPoints(point);
        var (column, row) = ((int)point[0], (int)point[1]);
        return column >= 0 && row >= 0 && column < Image.Width && row < Image.Height && Image[column, row];
    }

    private readonly record struct Guess(double Score, PerspectiveTransform Transform, int Size, float Right, float Below);
}
