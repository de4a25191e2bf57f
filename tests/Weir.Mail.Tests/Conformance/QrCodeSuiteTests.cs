using System.Text;
using System.Text.Json;
using Weir.Mail.Inspection.Pictures;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Conformance;

/// <summary>Photographs of QR codes: blurred, turned, bent, in shadow. Micro QR and rMQR are read by hardly any phone and not by Weir.</summary>
public sealed class QrCodeSuiteTests
{
    [Fact]
    public void Most_photographs_of_QR_codes_are_read_as_they_should_be()
    {
        var groups = Suites.Cases("qr-zxing/dev/index.jsonl").GroupBy(test => test.GetProperty("group").GetString()!, StringComparer.Ordinal);
        var rates = new Dictionary<string, (int Read, int All)>(StringComparer.Ordinal);
        var missed = new List<string>();
        var slowest = 0.0;
        foreach (var group in groups)
        {
            var read = 0;
            foreach (var test in group)
            {
                var started = TimeProvider.System.GetTimestamp();
                if (IsRead(test))
                {
                    read++;
                }
                else
                {
                    missed.Add(test.GetProperty("id").GetString()!);
                }

                slowest = Math.Max(slowest, TimeProvider.System.GetElapsedTime(started).TotalMilliseconds);
            }

            rates[group.Key] = (read, group.Count());
        }

        var report = string.Join(", ", rates.OrderBy(rate => rate.Key, StringComparer.Ordinal).Select(rate => $"{rate.Key} {rate.Value.Read}/{rate.Value.All}")) + $"; slowest {slowest:0} ms; missed {string.Join(' ', missed)}";
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        var wanted = rates.Where(rate => rate.Key is "qrcode-1" or "qrcode-2" or "qrcode-3").Select(rate => rate.Value).ToList();
        Assert.True(wanted.Sum(rate => rate.Read) >= 0.85 * wanted.Sum(rate => rate.All), report);
    }

    private static bool IsRead(JsonElement test)
    {
        var path = Suites.Path("qr-zxing/dev/" + test.GetProperty("image").GetString());
        if (PictureDecoding.Decode(File.ReadAllBytes(path)) is not { } picture)
        {
            return false;
        }

        var texts = QrCodes.Read(picture);
        return test.GetProperty("text").GetString() is { } text
            ? texts.Contains(text, StringComparer.Ordinal)
            : texts.Any(found => Convert.ToBase64String(Encoding.Latin1.GetBytes(found)) == test.GetProperty("bytes_b64").GetString());
    }
}
