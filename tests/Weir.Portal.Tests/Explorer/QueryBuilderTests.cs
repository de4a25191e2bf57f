using Bunit;
using Microsoft.JSInterop;
using Weir.Portal.Explorer;

namespace Weir.Portal.Tests.Explorer;

public sealed class QueryBuilderTests : BunitContext
{
    public QueryBuilderTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Typed("");
    }

    [Fact]
    public async Task A_condition_is_added_by_property_comparison_and_values()
    {
        var filter = ConditionGroup.Everything;
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, filter).Add(component => component.FilterChanged, changed => filter = changed));

        await builder.Find("[data-testid=add-filter]").ClickAsync();
        await builder.Find("#condition-property").ChangeAsync("recipient");
        await builder.Find("#condition-operator").ChangeAsync("IsNot");
        Typed("a@weir.example, b@weir.example");
        await builder.Find("[data-testid=condition-apply]").ClickAsync();

        var test = Assert.IsType<ConditionTest>(Assert.Single(filter.Parts));
        Assert.Equal(("recipient", ConditionOperator.IsNot), (test.Property, test.Operator));
        Assert.Equal(["a@weir.example", "b@weir.example"], test.Values);
    }

    [Fact]
    public async Task A_condition_without_a_value_is_refused_with_a_reason()
    {
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, ConditionGroup.Everything));

        await builder.Find("[data-testid=add-filter]").ClickAsync();
        await builder.Find("[data-testid=condition-apply]").ClickAsync();

        Assert.Equal("Give at least one value.", builder.Find(".problems").TextContent);
    }

    [Fact]
    public async Task The_joiner_of_a_group_is_changed_by_pressing_it()
    {
        var filter = new ConditionGroup(IsAny: false, IsNegated: false, [Subject("a"), Subject("b")]);
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, filter).Add(component => component.FilterChanged, changed => filter = changed));

        await builder.Find(".joiner").ClickAsync();

        Assert.True(filter.IsAny);
    }

    [Fact]
    public async Task Not_is_a_toggle_of_its_group_and_the_word_stands_there_only_when_it_holds()
    {
        var filter = new ConditionGroup(IsAny: false, IsNegated: false, [new ConditionGroup(IsAny: true, IsNegated: false, [Subject("a"), Subject("b")])]);
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, filter).Add(component => component.FilterChanged, changed => filter = changed));
        Assert.Empty(builder.FindAll(".joiner.not"));
        Assert.Equal("false", builder.Find("[data-testid=negate]").GetAttribute("aria-pressed"));

        await builder.Find("[data-testid=negate]").ClickAsync();
        builder.Render(parameters => parameters.Add(component => component.Filter, filter));

        Assert.Equal("true", builder.Find("[data-testid=negate]").GetAttribute("aria-pressed"));
        Assert.Equal("NOT", builder.Find(".joiner.not").TextContent);
    }

    [Fact]
    public async Task Removing_the_last_condition_of_a_group_removes_the_group()
    {
        var filter = new ConditionGroup(IsAny: false, IsNegated: false, [Subject("a"), new ConditionGroup(IsAny: true, IsNegated: false, [Subject("b")])]);
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, filter).Add(component => component.FilterChanged, changed => filter = changed));

        await builder.Find(".chip.group .chip .drop").ClickAsync();

        Assert.IsType<ConditionTest>(Assert.Single(filter.Parts));
    }

    [Fact]
    public void Hostile_values_are_text()
    {
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, new ConditionGroup(IsAny: false, IsNegated: false, [Subject("<script>alert(1)</script>")])));

        Assert.Empty(builder.FindAll("script"));
        Assert.Contains("<script>alert(1)</script>", builder.Find(".chip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_lines_are_one_condition_and_one_more_is_refused()
    {
        var filter = ConditionGroup.Everything;
        var builder = Render<QueryBuilder>(parameters => parameters.Add(component => component.Filter, filter).Add(component => component.FilterChanged, changed => filter = changed));
        await builder.Find("[data-testid=add-filter]").ClickAsync();

        Typed(string.Join('\n', Enumerable.Range(0, 10_001).Select(line => $"sender-{line}@weir.example")));
        await builder.Find("[data-testid=condition-apply]").ClickAsync();
        Assert.Equal("At most 10,000 values.", builder.Find(".problems").TextContent);
        Assert.Empty(filter.Parts);

        Typed(string.Join("\r\n", Enumerable.Range(0, 10_000).Select(line => $"sender-{line}@weir.example")));
        await builder.Find("[data-testid=condition-apply]").ClickAsync();
        Assert.Equal(10_000, Assert.IsType<ConditionTest>(Assert.Single(filter.Parts)).Values.Count);
    }

    private void Typed(string text) => JSInterop.Setup<IJSStreamReference>("weir.textOf", "condition-values").SetResult(new TypedText(text));

    private sealed class TypedText(string text) : IJSStreamReference
    {
        public long Length => System.Text.Encoding.UTF8.GetByteCount(text);

        public ValueTask<Stream> OpenReadStreamAsync(long maxAllowedSize = 512_000, CancellationToken cancellationToken = default) => new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private static ConditionTest Subject(string value) => new("subject", ConditionOperator.Contains, [value]);
}
