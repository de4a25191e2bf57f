using System.Text;
using Weir.Sample.Twins;

namespace Weir.Sample.Tests.Twins;

public sealed class QrPictureTests
{
    [Fact]
    public void A_code_reads_back_as_the_text_it_was_made_from()
    {
        foreach (var text in (string[])["https://a.example/", "https://login.tide.example/verify?e=anna@harbour.example", "https://very-long-name.example/" + new string('x', 70)])
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            var version = bytes.Length switch { <= 17 => 1, <= 32 => 2, <= 53 => 3, <= 78 => 4, _ => 5 };

            Assert.Equal(text, Read(QrPicture.Modules(bytes, version), version));
        }
    }

    [Fact]
    public void The_picture_is_a_png_and_a_longer_text_makes_a_larger_one()
    {
        var (small, large) = (QrPicture.Write("https://a.example/"), QrPicture.Write("https://a.example/" + new string('y', 80)));

        Assert.True(small.AsSpan(1, 3).SequenceEqual("PNG"u8));
        Assert.True(large[19] > small[19]);
    }

    /// <summary>As a phone reads it, without errors to correct: along the zigzag, over everything that is no pattern.</summary>
    private static string Read(bool[,] dark, int version)
    {
        var size = dark.GetLength(0);
        var bits = new List<bool>();
        var isUp = true;
        for (var right = size - 1; right > 0; right -= 2)
        {
            if (right == 6)
            {
                right--;
            }

            for (var step = 0; step < size; step++)
            {
                var row = isUp ? size - 1 - step : step;
                foreach (var column in (int[])[right, right - 1])
                {
                    var isFinder = (row < 9 && (column < 9 || column >= size - 8)) || (row >= size - 8 && column < 9);
                    var isAlignment = version > 1 && row >= size - 9 && row < size - 4 && column >= size - 9 && column < size - 4;
                    if (!isFinder && !isAlignment && row != 6 && column != 6)
                    {
                        bits.Add(dark[row, column] != ((row + column) % 2 == 0));
                    }
                }
            }

            isUp = !isUp;
        }

        int Number(int at, int count) => bits.Skip(at).Take(count).Aggregate(0, (value, bit) => (value * 2) + (bit ? 1 : 0));
        Assert.Equal(4, Number(0, 4));
        return Encoding.UTF8.GetString([.. Enumerable.Range(0, Number(4, 8)).Select(at => (byte)Number(12 + (8 * at), 8))]);
    }
}
