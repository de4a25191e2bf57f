using System.Net;
using Microsoft.AspNetCore.Authorization;
using Weir.Access.Contracts;
using Weir.Portal.Access;
using Weir.Portal.Shell;
using Weir.Portal.Tests.Support;

namespace Weir.Portal.Tests.Access;

/// <summary>Every page and endpoint says who may use it.</summary>
public sealed class WalkTests : IAsyncLifetime
{
    private PortalHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await PortalHost.StartAsync(50);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Every_endpoint_names_a_permission_or_says_that_it_needs_none()
    {
        var silent = Endpoints().Where(endpoint =>
            endpoint.Metadata.GetMetadata<RequiresPermissionAttribute>() is null
            && endpoint.Metadata.GetMetadata<OpenToEveryoneAttribute>() is null
            && endpoint.Metadata.GetMetadata<OpenToEveryAccountAttribute>() is null
            // The circuit itself carries no data: each page on it is checked by its own attribute, each door by its own permission.
            && endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("_blazor", StringComparison.Ordinal) != true
            // What a developer's build adds for files made after it; it falls under the rule for everything without attributes: sign in first.
            && endpoint.RoutePattern.RawText != "{**path:file}"
            && endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("_framework", StringComparison.Ordinal) != true);

        Assert.Empty(silent.Select(endpoint => endpoint.RoutePattern.RawText));
    }

    [Fact]
    public void Every_page_names_a_permission_or_says_that_it_needs_none()
    {
        var pages = typeof(App).Assembly.GetTypes().Where(type => type.IsDefined(typeof(Microsoft.AspNetCore.Components.RouteAttribute), inherit: false)).ToList();

        Assert.NotEmpty(pages);
        Assert.All(pages, page => Assert.True(
            page.IsDefined(typeof(RequiresPermissionAttribute), inherit: false) || page.IsDefined(typeof(OpenToEveryoneAttribute), inherit: false) || page.IsDefined(typeof(OpenToEveryAccountAttribute), inherit: false),
            $"{page.Name} names no permission."));
    }

    [Fact]
    public void Only_the_doors_of_signing_in_the_recipients_own_quarantine_and_static_files_are_open_to_everyone()
    {
        var open = Endpoints().Where(endpoint => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!.TrimStart('/')).Where(path => !path.StartsWith("_content", StringComparison.Ordinal) && !path.StartsWith("_framework", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

        // A recipient's own quarantine has no account: a signed link opens a session of its own, which each of these asks for itself.
        string[] own = ["quarantine/mine", "quarantine/mine/act", "quarantine/mine/download", "quarantine/mine/enter", "quarantine/mine/headers/{id}", "quarantine/mine/leave", "quarantine/mine/link", "quarantine/mine/preview/{id}"];
        Assert.Equal([.. own, "setup", "sign-in", "sign-out"], open);
    }

    [Theory]
    [InlineData("/explorer")]
    [InlineData("/threatexplorer")]
    [InlineData("/email/019a0000-0000-7000-8000-000000000001")]
    [InlineData("/hunting")]
    [InlineData("/action-center/history")]
    [InlineData("/audit")]
    [InlineData("/policies")]
    [InlineData("/policies/edit?type=AntiSpam")]
    [InlineData("/policies/preset/strict")]
    [InlineData("/policies/advanced-delivery")]
    [InlineData("/watch-only")]
    [InlineData("/explorer/export")]
    [InlineData("/explorer/chart.csv")]
    [InlineData("/preview/abc")]
    [InlineData("/nonsense")]
    [InlineData("/email/019a0000-0000-7000-8000-000000000001/timeline.csv")]
    public async Task A_stranger_is_sent_to_sign_in(string path)
    {
        using var client = Client();

        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.StartsWith("/sign-in?returnUrl=", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/explorer/nonsense/deep")]
    [InlineData("/%3Cscript%3Ealert(1)%3C/script%3E")]
    public async Task An_address_without_a_page_is_404_and_still_the_portal(string path)
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", TestContext.Current.CancellationToken);

        using var answer = await reader.Client.GetAsync(path, TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page", html, StringComparison.Ordinal);
        Assert.Contains("<nav class=\"nav\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HEAD_answers_as_GET_without_content()
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/sign-in");

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Pages_carry_the_strict_policy_and_nothing_inline()
    {
        using var client = Client();

        using var answer = await client.GetAsync("/sign-in", TestContext.Current.CancellationToken);
        var html = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<style", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]*src=)", html);
        Assert.DoesNotMatch("(src|href)=\"(https?:)?//", html);
    }

    [Theory]
    [InlineData("/explorer", "/explorer")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    [InlineData("/a\r\nSet-Cookie: x", "/")]
    [InlineData("/caf\u00e9", "/")]
    [InlineData(null, "/")]
    public void Signing_in_leads_only_to_this_site(string? asked, string path) => Assert.Equal(path, SignIn.LocalPath(asked));

    [Fact]
    public async Task A_copy_of_the_cookie_is_worth_nothing_after_signing_out()
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", TestContext.Current.CancellationToken);
        var cookie = reader.Cookies.GetCookieHeader(new Uri(_host.Address));
        Assert.Equal(HttpStatusCode.OK, await WithCookieAsync(cookie));

        using (await reader.PostAsync("/explorer", "/sign-out", [], TestContext.Current.CancellationToken))
        {
            Assert.NotEqual(HttpStatusCode.OK, await WithCookieAsync(cookie));
        }
    }

    [Theory]
    [InlineData("/audit", "AuditRead")]
    [InlineData("/preview/abc", "EmailContentRead")]
    public async Task A_refusal_is_in_the_audit_trail(string path, string permission)
    {
        using var reader = await SignedIn.AsAsync(_host, "reader", TestContext.Current.CancellationToken);

        using var answer = await reader.Client.GetAsync(path, TestContext.Current.CancellationToken);

        var refused = Assert.Single(_host.Accounts.Records, record => record.Entry.Operation == Refusals.Operation);
        Assert.Equal(("reader", "Denied", $"lacks {permission}"), (refused.CallerId, refused.Entry.Result, refused.Entry.Detail));
        Assert.DoesNotContain("abc", refused.Entry.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_keeps_the_user_name()
    {
        using var client = Client();

        var html = await client.GetStringAsync("/sign-in?outcome=wrong&user=Rea%22Der", TestContext.Current.CancellationToken);

        Assert.Matches("name=\"userName\" value=\"Rea&(quot|#34|#x22);Der\"", html);
    }

    [Fact]
    public async Task Setup_is_offered_while_no_account_is_an_administrator_and_others_can_still_sign_in()
    {
        using var client = Client();
        _host.Accounts.NeedsAdministrator = true;

        var html = await client.GetStringAsync("/sign-in", TestContext.Current.CancellationToken);

        Assert.Contains("href=\"/setup\"", html, StringComparison.Ordinal);
        Assert.Contains("sign-in-form", html, StringComparison.Ordinal);
        Assert.Contains("setup-form", await client.GetStringAsync("/setup", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_of_rights_is_in_force_within_five_seconds()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var callers = new KnownCallers(_host.Accounts, time);
        var cancellation = TestContext.Current.CancellationToken;
        var (_, account) = await _host.Accounts.CheckPasswordAsync("reader", "correct horse", address: null, cancellation);
        var user = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity(
            [new(System.Security.Claims.ClaimTypes.NameIdentifier, "reader"), new(SignIn.SessionClaim, account!.Session)], "test"));
        Assert.False((await callers.OfAsync(user, cancellation))!.Has(Permission.EmailContentRead));

        _host.Accounts.SetRoles("reader", Roles.DataInvestigator);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.True((await callers.OfAsync(user, cancellation))!.Has(Permission.EmailContentRead));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        _host.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    private async Task<HttpStatusCode> WithCookieAsync(string cookie)
    {
        using var client = Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/explorer");
        request.Headers.Add("Cookie", cookie);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private HttpClient Client()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("walk", client => client.BaseAddress = new Uri(_host.Address)).ConfigurePrimaryHttpMessageHandler(() => new HttpClientHandler { AllowAutoRedirect = false });
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("walk");
    }
}
