using System.ComponentModel.DataAnnotations;
using Weir.Kernel;

namespace Weir.Server.Hosting;

/// <summary>Looks at the range of every value before anything starts.</summary>
internal static class ConfigurationValues
{
    /// <summary>Every value has its key's type and range.</summary>
    /// <exception cref="ConfigurationException">One has not; all that are out of range are told together.</exception>
    public static void Check(IConfiguration configuration, IEnumerable<ConfigurationSectionDescription> sections)
    {
        var problems = new List<ValidationResult>();
        foreach (var section in sections)
        {
            var found = configuration.GetSection(section.Section);
            if (found.Value is { Length: > 0 } value)
            {
                throw new ConfigurationException($"weir.json: '{section.Section}' is '{value}', but it is a section: {{ \"key\": value, ... }}.");
            }

            try
            {
                if (found.Get(section.Options) is { } options)
                {
                    var wrong = new List<ValidationResult>();
                    Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);
                    problems.AddRange(wrong.Select(problem => new ValidationResult($"weir.json: {section.Section}: {problem.ErrorMessage}")));
                }
            }
            catch (InvalidOperationException wrongType)
            {
                throw new ConfigurationException($"weir.json: {wrongType.Message}");
            }
        }

        if (problems.Count > 0)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, problems.Select(problem => problem.ErrorMessage)));
        }
    }
}
