using Weir.Events.Asking;
using Weir.Kql.Contracts;

namespace Weir.Events.Tests.Asking;

public sealed class HuntingCatalogueTests
{
    private readonly HuntingCatalogue _catalogue = new(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());

    [Fact]
    public void Every_table_and_column_that_it_offers_compiles() => Assert.All(_catalogue.Tables, table =>
        Assert.Empty(_catalogue.Check($"{table.Name} | project {string.Join(", ", table.Columns.Select(column => $"['{column.Name}']"))}")));

    [Fact]
    public void A_problem_has_its_place()
    {
        var problem = Assert.Single(_catalogue.Check("EmailEvents\n| where Subjct has 'x'"));

        Assert.True(problem.IsError);
        Assert.Equal((2, 9), (problem.Line, problem.Column));
    }

    [Fact]
    public void Operators_that_it_offers_are_known() => Assert.All(KqlCatalogue.Operators, name =>
        Assert.DoesNotContain(_catalogue.Check($"EmailEvents | {name}"), problem => problem.Message.Contains("not an operator", StringComparison.Ordinal) || problem.Message.Contains("An operator is expected", StringComparison.Ordinal)));

    [Fact]
    public void Functions_that_it_offers_are_known() => Assert.All(KqlCatalogue.Functions, function =>
        Assert.DoesNotContain(
            _catalogue.Check(function.IsAggregate ? $"EmailEvents | summarize x = {function.Name}()" : $"print x = {function.Name}()"),
            problem => problem.Message.Contains("no function", StringComparison.OrdinalIgnoreCase) || problem.Message.Contains("not supported", StringComparison.OrdinalIgnoreCase)));
}
