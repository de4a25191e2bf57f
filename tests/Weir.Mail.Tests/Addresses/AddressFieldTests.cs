using CsCheck;
using Weir.Mail.Addresses;
using Weir.Mail.Contracts;

namespace Weir.Mail.Tests.Addresses;

public sealed class AddressFieldTests
{
    [Theory]
    [InlineData("a@example.org", "", "a@example.org")]
    [InlineData("Ann <Ann@EXAMPLE.org>", "Ann", "Ann@example.org")]
    [InlineData("\"Doe, John\" <john@example.org>", "Doe, John", "john@example.org")]
    [InlineData("john@example.org (John Doe)", "John Doe", "john@example.org")]
    [InlineData("=?utf-8?Q?Doe,_J=C3=B6rg?= <j@example.org>", "Doe, Jörg", "j@example.org")]
    [InlineData("\"=?utf-8?Q?J=C3=B6rg?=\" <j@example.org>", "Jörg", "j@example.org")]
    [InlineData("\"service@bank.example\" <mallory@evil.example>", "service@bank.example", "mallory@evil.example")]
    [InlineData("<@relay.example,@other.example:a@example.org>", "", "a@example.org")]
    [InlineData("\"odd local\"@example.org", "", "\"odd local\"@example.org")]
    [InlineData("Ann <mailto:a@example.org>", "Ann", "a@example.org")]
    [InlineData("'Ann' <a@example.org>", "Ann", "a@example.org")]
    [InlineData("Pete <pete(his (own) account)@silly.test(his host)>", "Pete", "pete@silly.test")]
    [InlineData("<ceo@bank.example(\\) trick)>", "", "ceo@bank.example")]
    [InlineData("<\"a(b\"@example.org>", "", "\"a(b\"@example.org")]
    [InlineData("<>", "", "")]
    public void One_address_is_read(string written, string name, string address) =>
        Assert.Equal([new MailAddress(name, address)], AddressField.Parse(written, out _));

    [Theory]
    [InlineData("Doe, John <john@example.org>", "Doe, John", "john@example.org")]
    [InlineData("Ann ann@example.org", "Ann", "ann@example.org")]
    [InlineData("Ann <ann@example.org", "Ann", "ann@example.org")]
    [InlineData("Support Team", "Support Team", "")]
    [InlineData("service@bank.example <m@evil.example>", "service@bank.example", "m@evil.example")]
    [InlineData("\"never closed <a@example.org>", "\"never closed", "a@example.org")]
    public void What_is_not_written_well_is_read_and_said(string written, string name, string address)
    {
        var addresses = AddressField.Parse(written, out var isMalformed);

        Assert.Equal([new MailAddress(name, address)], addresses);
        Assert.Equal(!written.StartsWith("service@", StringComparison.Ordinal), isMalformed);
    }

    [Fact]
    public void A_quote_is_a_character_when_many_before_it_were_never_closed() =>
        Assert.Equal("a@example.org", AddressField.Parse(string.Concat(Enumerable.Repeat("\"\\", 100)) + " <a@example.org>", out _)[^1].Address);

    [Fact]
    public void Groups_give_their_members()
    {
        Assert.Equal(["a@x.org", "b@y.org", "c@z.org"], AddressField.Parse("Team: a@x.org, B <b@y.org>; c@z.org", out _).Select(each => each.Address));
        Assert.Empty(AddressField.Parse("undisclosed-recipients:;", out var isMalformed));
        Assert.False(isMalformed);
    }

    [Fact]
    public void Two_addresses_in_brackets_are_two()
    {
        Assert.Equal(["a@x.org", "b@y.org"], AddressField.Parse("<a@x.org> <b@y.org>", out var isMalformed).Select(each => each.Address));
        Assert.True(isMalformed);
    }

    [Fact]
    public void Parts_of_an_address_are_told_apart()
    {
        var address = new MailAddress("", "a@b@Example.org");

        Assert.Equal(("a@b", "example.org"), (address.LocalPart, address.Domain));
    }

    [Fact]
    public void Any_text_is_read() =>
        Gen.Char["\"()<>@,;:a \\=?"].Array[0, 60].Sample(text => AddressField.Parse(new string(text), out _).Count <= text.Length + 1);
}
