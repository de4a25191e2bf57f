using System.Globalization;
using System.Net;
using Weir.Access.Contracts;
using Weir.Portal.Tests.Support;

namespace Weir.Portal.Tests.Explorer;

/// <summary>What leaves as a file.</summary>
public sealed class ExportEndpointTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(2_500);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_message_of_a_view_is_a_line_with_the_columns_of_the_view()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        using var answer = await reader.Client.GetAsync("/explorer/export?range=7d&columns=date,subject,threat,size", Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches("^attachment; filename=messages-[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9]{6}\\.csv$", answer.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("Date (UTC),Subject,Threat type,Email size (bytes)", lines[0]);
        Assert.Equal(2_501, lines.Length);
        Assert.EndsWith(",4200", lines[1], StringComparison.Ordinal);
        Assert.Contains(_host.Accounts.Records, record => record is { CallerId: "reader", Entry.Operation: "ExportMessages" });
    }

    [Theory]
    [InlineData("/explorer/export")]
    [InlineData("/explorer/chart.csv")]
    public async Task A_view_whose_filter_cannot_be_read_is_no_file(string path)
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        using var answer = await reader.Client.GetAsync(path + "?q=broken", Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("The filter in this address cannot be read", await answer.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.DoesNotContain(_host.Accounts.Records, record => record.Entry.Operation == "ExportMessages");
    }

    [Fact]
    public async Task A_subject_that_a_spreadsheet_would_run_is_text()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        var text = await reader.Client.GetStringAsync("/explorer/export?range=7d&columns=subject", Token);

        Assert.Contains("\"'=HYPERLINK(\"\"http://evil.example\"\",\"\"click\"\")\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_columns_of_a_person_are_exported_when_the_address_names_none()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);
        await _host.Services.GetRequiredService<IPreferences>().SetAsync(new Caller("reader", "Rea Der", new HashSet<Permission>()), "explorer.columns", "subject,direction", Token);

        Assert.StartsWith("Subject,Directionality\r\n", await reader.Client.GetStringAsync("/explorer/export?range=7d", Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_numbers_of_the_chart_add_up_to_the_messages_of_the_view()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        var lines = (await reader.Client.GetStringAsync("/explorer/chart.csv?range=7d", Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("Start (UTC),Threat type,Messages", lines[0]);
        Assert.Equal(2_500, lines.Skip(1).Sum(line => int.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task An_answer_of_hunting_is_exported_with_all_its_columns()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        using var answer = await reader.PostAsync("/hunting", "/hunting/export", [new("query", "EmailEvents\n| project Timestamp, Subject, EmailSize\n| take 30")], Token);
        var lines = (await answer.Content.ReadAsStringAsync(Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal("Timestamp,Subject,EmailSize", lines[0]);
        Assert.Equal(31, lines.Length);
        Assert.Contains(_host.Accounts.Records, record => record is { Entry: { Operation: "ExportAnswer", Detail: { } query } } && query.StartsWith("EmailEvents", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_query_that_does_not_compile_is_refused_and_no_file()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);

        using var answer = await reader.PostAsync("/hunting", "/hunting/export", [new("query", "fails-to-compile")], Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("There is no operator named \"fails\".", await answer.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task A_form_of_another_site_exports_nothing()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", Token);
        using var form = new FormUrlEncodedContent([new("query", "EmailEvents\n| take 1")]);

        using var answer = await reader.Client.PostAsync("/hunting/export", form, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(_host.Accounts.Records, record => record.Entry.Operation == "ExportAnswer");
    }
}
