using System.CommandLine;
using System.Globalization;

namespace Weir.Server.Commands;

/// <summary><c>--days N</c>. What is no number is answered like one that is too large.</summary>
internal static class DaysOption
{
    public static Option<int> Create(string description, int otherwise, int most) => new("--days")
    {
        Description = description,
        DefaultValueFactory = _ => otherwise,
        CustomParser = result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days >= 1 && days <= most)
            {
                return days;
            }

            result.AddError(string.Create(CultureInfo.InvariantCulture, $"--days is a number of days from 1 to {most}."));
            return otherwise;
        },
    };
}
