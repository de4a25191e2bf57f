using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Weir.Kernel;

/// <summary>Finds the parts of a module by convention: every sealed class of an assembly that implements a contract.</summary>
public static class PartsRegistration
{
    /// <summary>Registers every concrete <typeparamref name="TPart"/> of the assembly as a singleton, in ordinal order of its full name.</summary>
    public static IServiceCollection AddEvery<TPart>(this IServiceCollection services, Assembly assembly)
        where TPart : class
    {
        foreach (var type in EveryImplementation<TPart>(assembly))
        {
            services.AddSingleton(typeof(TPart), type);
        }

        return services;
    }

    /// <summary>The concrete types that <see cref="AddEvery{TPart}"/> registers, in the same order.</summary>
    public static IReadOnlyList<Type> EveryImplementation<TPart>(Assembly assembly) =>
        [.. assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(TPart)))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)];
}
