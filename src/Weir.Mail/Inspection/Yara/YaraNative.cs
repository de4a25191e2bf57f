using System.Runtime.InteropServices;

namespace Weir.Mail.Inspection.Yara;

/// <summary>libyara 4.2 (soname 9), which other versions lay out differently; absent, there are no rules.</summary>
internal static class YaraNative
{
    public const string Library = "libyara.so.9";
    public const int RuleMatching = 1;
    public const int Continue = 0;

    /// <summary>The first match of a string is enough; signals of the runtime are not taken over.</summary>
    public const int FastWithoutHandlers = 1 | 4;

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void Compiling(int level, nint file, int line, nint rule, nint message, nint user);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int Scanning(nint context, int message, nint data, nint user);

    [DllImport(Library, EntryPoint = "yr_initialize")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Initialize();

    [DllImport(Library, EntryPoint = "yr_compiler_create")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int CreateCompiler(out nint compiler);

    [DllImport(Library, EntryPoint = "yr_compiler_destroy")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void DestroyCompiler(nint compiler);

    [DllImport(Library, EntryPoint = "yr_compiler_set_callback")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void SetCallback(nint compiler, Compiling callback, nint user);

    /// <summary>Without a callback a rule cannot include another file.</summary>
    [DllImport(Library, EntryPoint = "yr_compiler_set_include_callback")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern void SetInclude(nint compiler, nint callback, nint free, nint user);

    [DllImport(Library, EntryPoint = "yr_compiler_add_string")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Add(nint compiler, byte[] rules, nint space);

    [DllImport(Library, EntryPoint = "yr_compiler_get_rules")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int GetRules(nint compiler, out nint rules);

    [DllImport(Library, EntryPoint = "yr_rules_scan_mem")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Scan(nint rules, nint content, nuint length, int flags, Scanning callback, nint user, int seconds);
}
