using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Weir.Kernel;

/// <summary>Options of a module: one section of <c>weir.json</c>, validated at start.</summary>
public static class OptionsRegistration
{
    /// <summary>Binds a section to a record. The record is injected as <c>IOptions&lt;T&gt;</c>.</summary>
    public static IServiceCollection AddSection<TOptions>(this IServiceCollection services, string section)
        where TOptions : class
    {
        services.AddSingleton(new ConfigurationSectionDescription(section, typeof(TOptions)));
        services.AddSingleton<IConfigureOptions<TOptions>>(provider =>
            new ConfigureFromConfigurationOptions<TOptions>(provider.GetRequiredService<IConfiguration>().GetSection(section)));
        services.AddOptions<TOptions>().ValidateDataAnnotations().ValidateOnStart();
        return services;
    }
}

/// <summary>A section of <c>weir.json</c> and the record that holds it; the host refuses keys that no section knows.</summary>
public sealed record ConfigurationSectionDescription(string Section, Type Options);
