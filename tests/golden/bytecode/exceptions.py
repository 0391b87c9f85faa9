def guarded(path, log):
    try:
        with open(path) as file:
            return file.read()
    except (OSError, ValueError) as error:
        log(error)
        raise Problem(path) from error
    except KeyError:
        pass
    else:
        log(path)
    finally:
        log(None)
    assert path, "path"


async def stream(source):
    async for item in source:
        async with item as entered:
            yield await entered
