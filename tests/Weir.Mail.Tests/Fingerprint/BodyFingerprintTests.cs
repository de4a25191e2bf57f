using System.Numerics;
using Weir.Mail.Fingerprint;
using Weir.Mail.Tests.Support;

namespace Weir.Mail.Tests.Fingerprint;

public sealed class BodyFingerprintTests
{
    private const string Template =
        "Dear {0},\n\nyour parcel {1} could not be delivered because the address was incomplete. Please confirm the details within two days at {2} " +
        "or the parcel will be sent back to its sender and the fee is lost. You can also call us or visit the nearest office.\n\nKind regards\nThe delivery team";

    [Fact]
    public void Copies_for_other_people_have_the_same_id()
    {
        var first = Of(Copy("Ann", "AB-123456", "https://evil.example/t/abc123"));

        Assert.Equal(first, Of(Copy("Robert Miller", "ZZ-998", "http://other.example/x?u=42")));
        Assert.Equal(first, Of(Copy("ann@example.org", "7", "www.third.example/q")));
        Assert.NotEqual(0, first);
    }

    [Fact]
    public void An_edited_copy_differs_in_few_bits_and_another_text_in_many()
    {
        var first = Of(Template);
        var edited = Of(Template.Replace("nearest office", "closest shop", StringComparison.Ordinal));
        var other = Of("We are happy to invite you to the summer party of our team, which takes place on the roof. There will be food and music, so bring your friends and a good mood.");

        Assert.InRange(Distance(first, edited), 0, 12);
        Assert.InRange(Distance(first, other), 16, 64);
    }

    [Fact]
    public void The_function_never_changes() => Assert.Equal("d7ecc774bf7d252d", Of(Template).ToString("x16", null));

    [Fact]
    public void An_empty_body_has_none_and_pictures_count_by_their_tags()
    {
        Assert.Equal(0, Eml.Plain("").ClusterId);
        Assert.NotEqual(0, Eml.Html("<table><tr><td><img src=http://x.example/a></td></tr></table>").ClusterId);
    }

    [Fact]
    public void Html_and_plain_copies_of_a_text_agree() => Assert.Equal(Eml.Plain(Template).ClusterId, Eml.Html($"<p>{Template.Replace("\n", "<br>", StringComparison.Ordinal)}</p>").ClusterId);

    private static string Copy(string name, string number, string link) =>
        Template.Replace("{0}", name, StringComparison.Ordinal).Replace("{1}", number, StringComparison.Ordinal).Replace("{2}", link, StringComparison.Ordinal);

    private static long Of(string text) => BodyFingerprint.Of(text, "");

    private static int Distance(long one, long other) => BitOperations.PopCount((ulong)(one ^ other));
}
