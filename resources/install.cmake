# `cmake --install build/release --prefix ~/.local` installs the two programs (app/ says so) and, from here, what a
# desktop shows of them. Everything a run reads is compiled into them.
include(GNUInstallDirs)

install(FILES ${CMAKE_CURRENT_LIST_DIR}/icons/corscope.svg
    DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
    DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${CMAKE_CURRENT_LIST_DIR}/desktop/corscope.desktop
    DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/desktop/corscope-mime.xml
    DESTINATION ${CMAKE_INSTALL_DATADIR}/mime/packages RENAME corscope.xml)
