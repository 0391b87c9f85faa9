import sys
print(sys.version_info[:3] >= (3, 11, 0), sys.version_info.major, sys.version_info.releaselevel, sys.hexversion >> 16 == 0x030b, sys.byteorder, sys.maxsize, sys.maxunicode, sys.platform, sys.api_version, sys.version[:4], sys.implementation.version[:2], sys.implementation.cache_tag.endswith("-311"))
print(sys.float_info.max, sys.float_info.epsilon, sys.float_info.dig, sys.float_info.mant_dig, sys.int_info.bits_per_digit > 0, sys.hash_info.width, sys.hash_info.modulus, sys.hash_info.inf, sys.hash_info.algorithm, sys.thread_info.name, sys.float_repr_style)
print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), sys.intern("abc") is sys.intern("abc"), sys.getsizeof([]) > 0, sys.getsizeof(object(), 5) > 0, sys.getrefcount([]) >= 0, sys.exc_info(), sys.is_finalizing(), sys.call_tracing(len, ([1],)), sys.getallocatedblocks() >= 0, sys.orig_argv[-1][-13:], len(sys.argv), sys.stdlib_module_names >= {"os", "sys", "re"}, sys.pycache_prefix, sys.ps1 if hasattr(sys, "ps1") else "no ps1", sys.copyright[:9], sys.base_prefix == sys.prefix, sys.executable != "", sys.platlibdir, sys.warnoptions)
print(len(sys.flags), sys.flags.debug, sys.flags.verbose, sys.flags.bytes_warning, sys.flags.quiet, sys.flags.interactive)
for bad in (lambda: sys.intern(5), lambda: sys.getsizeof(), lambda: sys.exit(1, 2), lambda: sys._getframe("a"), lambda: sys.setswitchinterval(0), lambda: sys.getsizeof(type("X", (), {"__sizeof__": lambda s: -1})()), lambda: setattr(sys.flags, "debug", 1), lambda: sys.version_info.__class__(), lambda: sys.set_int_max_str_digits(5), lambda: sys.settrace(), lambda: sys.addaudithook()):
    try: print(bad())
    except Exception as e: print(type(e).__name__, e)
class S:
    def __sizeof__(self): return 100
print(sys.getsizeof(S()) >= 100, sys.getswitchinterval(), repr(sys.version_info)[:33], repr(sys.flags)[:16], tuple(sys.version_info)[:2], sys.version_info > (3, 10), sys.version_info[0:2], sys.hash_info.hash_bits, sys.hash_info.seed_bits, sys.hash_info.cutoff)
sys.setswitchinterval(0.01); print(sys.getswitchinterval()); sys.path.append("/zz"); print("/zz" in sys.path, type(sys.modules).__name__, sys.path_hooks != [], sys.meta_path != [], isinstance(sys.path_importer_cache, dict))
