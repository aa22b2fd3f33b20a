# cmake -D LIBRARIES=<what a target links> -P links.cmake
# cmake -D EXECUTABLE=<file> -P links.cmake : asks the program itself, and every library it loads in turn
cmake_minimum_required(VERSION 3.25)

set(drawing "Qt[0-9]*(::)?(Gui|Widgets|Svg|SvgWidgets|OpenGL|PrintSupport|Quick|Qml)")

if(DEFINED EXECUTABLE)
    file(GET_RUNTIME_DEPENDENCIES EXECUTABLES ${EXECUTABLE}
        RESOLVED_DEPENDENCIES_VAR resolved UNRESOLVED_DEPENDENCIES_VAR unresolved)
    set(LIBRARIES ${resolved} ${unresolved})
endif()
if(NOT LIBRARIES MATCHES "Qt[0-9]*(::)?Core")
    message(FATAL_ERROR "not even Qt Core among \"${LIBRARIES}\": nothing was looked at")
endif()
if(LIBRARIES MATCHES "${drawing}")
    message(FATAL_ERROR "${CMAKE_MATCH_0} is among: ${LIBRARIES}")
endif()
